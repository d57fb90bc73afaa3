using System.Text.Json;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Control;
using AnimeSync.Sandbox.OAuth;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>AniList's one GraphQL address: the limits, who asks, the faults, then the document, in that order.</summary>
internal sealed class GraphQLEndpoint(
    DocumentExecution execution,
    AccessTokens tokens,
    RequestLimits limits,
    FaultRules faults,
    Journal journal,
    TimeProvider clock
)
{
    private const string Bearer = "Bearer ";

    private const string NoQuery =
        "No query or mutation provided. Please view https://anilist.co/graphiql for available queries and mutations.";

    public async Task HandleAsync(HttpContext context)
    {
        var at = clock.GetUtcNow();
        var headers = context.Request.Headers;
        var withinLimits = limits.TryCount(out var limit, out var remaining);
        var (request, problem) = await ReadAsync(context.Request);
        var operation = request is null ? null : execution.Prepare(request, out problem);
        var shape = operation?.Shape;
        var viewer = ViewerOf(headers.Authorization.ToString(), out var tokenRejected);
        var fault = withinLimits
            ? faults.Take(shape?.Name, shape?.RootFields ?? [], viewer?.Name, headers.Referer.Count > 0)
            : null;

        var answer =
            (withinLimits ? null : ErrorAnswers.TooManyRequests)
            ?? FaultInstead(fault, shape, context.Request)
            ?? (operation is null ? problem ?? ErrorAnswers.WithoutData(400, NoQuery) : null)
            ?? (tokenRejected ? InvalidToken(shape) : null)
            ?? await execution.ExecuteAsync(context, request!, operation!, viewer);

        var status = fault?.StatusOf(answer) ?? answer.Status;
        journal.Add(
            new(
                at,
                shape?.Name ?? (shape?.RootFields is [var first, ..] ? first : null),
                shape?.RootFields ?? [],
                viewer?.Name,
                shape?.Complexity,
                status,
                status == StatusCodes.Status429TooManyRequests,
                headers.Authorization.Count > 0,
                headers.Referer.FirstOrDefault(),
                headers.UserAgent.FirstOrDefault()
            )
        );
        if (answer.RetryAfter is null)
        {
            AniListHeaders.Write(context.Response, limit, remaining);
        }

        await (fault is null ? answer.WriteAsync(context) : fault.PlayAsync(context, answer, shape));
    }

    private SandboxUser? ViewerOf(string authorization, out bool rejected)
    {
        var viewer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? tokens.OwnerOf(authorization[Bearer.Length..].Trim())
            : null;
        rejected = authorization.Length > 0 && viewer is null;
        return viewer;
    }

    private static Answer? FaultInstead(FaultRule? fault, OperationShape? shape, HttpRequest request) =>
        fault switch
        {
            null => null,
            { Kind: "invalid-token" } => InvalidToken(shape) with { Status = fault.Status ?? 400 },
            _ => FaultAnswers.Replacement(fault, request, forTokens: false),
        };

    private static Answer InvalidToken(OperationShape? shape) =>
        shape is null
            ? ErrorAnswers.WithoutData(400, "Invalid token")
            : ErrorAnswers.WithNulls(400, "Invalid token", [shape.FirstField], shape.RootKeys);

    private static async Task<(GraphQLRequest? Request, Answer? Problem)> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return (null, null);
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(
                request.BodyReader,
                GraphQLJsonContext.Default.GraphQLRequest
            );
            return (body?.Query is null ? null : body, null);
        }
        catch (JsonException)
        {
            return (null, ErrorAnswers.WithoutData(400, "Syntax error"));
        }
        catch (BadHttpRequestException error)
        {
            return (null, ErrorAnswers.WithoutData(error.StatusCode, "Request Entity Too Large"));
        }
    }
}
