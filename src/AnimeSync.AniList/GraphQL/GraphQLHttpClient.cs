using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AnimeSync.AniList;

namespace GraphQL.Client.Http;

/// <summary>
/// Sends operations to one GraphQL server. A token belongs to one call and is never kept: the connection pool under it
/// serves every user.
/// </summary>
public sealed class GraphQLHttpClient(HttpMessageInvoker http, GraphQLHttpClientOptions options)
{
    private static readonly MediaTypeHeaderValue _json = new("application/json");
    private static readonly MediaTypeWithQualityHeaderValue _acceptJson = new("application/json");

    public Task<GraphQLHttpResponse<T>> SendQueryAsync<T>(
        GraphQLRequest request,
        string? accessToken,
        JsonTypeInfo<T> dataType,
        CancellationToken cancellationToken
    ) => SendAsync(request, accessToken, dataType, cancellationToken);

    public Task<GraphQLHttpResponse<T>> SendMutationAsync<T>(
        GraphQLRequest request,
        string? accessToken,
        JsonTypeInfo<T> dataType,
        CancellationToken cancellationToken
    ) => SendAsync(request, accessToken, dataType, cancellationToken);

    /// <summary>Sends a ready JSON body and returns the answer's bytes; what went wrong is told, never thrown.</summary>
    public Task<GraphQLHttpAnswer> ForwardAsync(
        ReadOnlyMemory<byte> body,
        string? accessToken,
        CancellationToken cancellationToken
    ) => ForwardAsync(body, accessToken, null, cancellationToken);

    /// <inheritdoc cref="ForwardAsync(ReadOnlyMemory{byte}, string?, CancellationToken)"/>
    /// <param name="within">Where less time is left than for every call; more than none.</param>
    public async Task<GraphQLHttpAnswer> ForwardAsync(
        ReadOnlyMemory<byte> body,
        string? accessToken,
        TimeSpan? within,
        CancellationToken cancellationToken
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(within < options.Timeout ? within.Value : options.Timeout);
        using var message = Message(body, accessToken);
        HttpStatusCode? status = null;
        try
        {
            using var response = await http.SendAsync(message, deadline.Token);
            status = response.StatusCode;
            return await GraphQLAnswerReader.ReadAsync(response, options.MaxResponseBytes, deadline.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // ConnectTimeout cancels too, and is told apart by its inner exception alone.
            var isDeadline = deadline.IsCancellationRequested || exception.InnerException is not TimeoutException;
            return new(status, isDeadline ? AniListFailure.Timeout : AniListFailure.Unreachable);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            return new(status, status is null ? FailureOf(exception) : AniListFailure.Broken);
        }
    }

    private async Task<GraphQLHttpResponse<T>> SendAsync<T>(
        GraphQLRequest request,
        string? accessToken,
        JsonTypeInfo<T> dataType,
        CancellationToken cancellationToken
    )
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, GraphQLJsonContext.Default.GraphQLRequest);
        using var answer = await ForwardAsync(body, accessToken, cancellationToken);
        if (answer is not { StatusCode: { } status, Body.IsEmpty: false })
        {
            throw new GraphQLHttpRequestException(
                answer.Failure ?? AniListFailure.Broken,
                answer.StatusCode,
                answer.RateLimit
            );
        }

        try
        {
            var envelope = JsonSerializer.Deserialize(answer.Body.Span, GraphQLJsonContext.Default.GraphQLEnvelope)!;
            var hasData = envelope.Data.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
            return new(
                // With errors, AniList nulls members that are required otherwise; half a value is no value.
                hasData && answer.Failure is null
                    ? envelope.Data.Deserialize(dataType)
                    : default,
                envelope.Errors,
                envelope.Extensions,
                status,
                answer.Failure,
                answer.RateLimit
            );
        }
        catch (JsonException)
        {
            // The exception would quote the answer.
            throw new GraphQLHttpRequestException(AniListFailure.Broken, status, answer.RateLimit);
        }
    }

    private HttpRequestMessage Message(ReadOnlyMemory<byte> body, string? accessToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, options.EndPoint)
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = _json } },
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.Referrer = options.Referer;
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        message.Headers.Accept.Add(_acceptJson);
        if (accessToken is not null)
        {
            message.Headers.Authorization = new("Bearer", accessToken);
        }

        return message;
    }

    private static AniListFailure FailureOf(Exception exception) =>
        exception
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.InvalidResponse
                    or HttpRequestError.HttpProtocolError
                    or HttpRequestError.ConfigurationLimitExceeded
            }
            ? AniListFailure.Broken
            : AniListFailure.Unreachable;
}
