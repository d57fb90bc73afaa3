using System.Buffers;
using System.Text.Json;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AnimeSync.Api.GraphQLProxy.Persisted;

/// <summary>A GET that names a persisted query, read as the body that a POST of the same would have.</summary>
internal static class PersistedRequest
{
    public const string Reading =
        "Answers may be kept by the caller's own browser and are asked for again with their ETag. A document itself, a "
        + "mutation, or a request without a hash is 405: send it with POST.";

    public const string Meant = "GET sends persisted queries only.";

    // Name → what it holds. All three may be in `POST /graphql` under the same name.
    private static readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal)
    {
        ["extensions"] = """JSON: {"persistedQuery":{"version":1,"sha256Hash":"…"}}.""",
        ["variables"] = "JSON: the operation's variables.",
        ["operationName"] = "Which operation of the document, where it holds several.",
    };

    /// <summary>Whether GET is anything at all here: without `extensions`, or with a document, it is not.</summary>
    public static bool IsMeant(HttpRequest request) =>
        request.Query.ContainsKey("extensions") && !request.Query.ContainsKey("query");

    public static GraphQLRefusal? TryRead(HttpRequest request, out ReadOnlyMemory<byte> body)
    {
        body = default;
        if (request.Query.Any(pair => !_parameters.ContainsKey(pair.Key) || pair.Value.Count > 1))
        {
            return GraphQLRefusal.Malformed("Only extensions, variables and operationName are known, each once.");
        }

        var written = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(written);
            writer.WriteStartObject();
            foreach (var (name, values) in request.Query)
            {
                writer.WritePropertyName(name);
                if (name == "operationName")
                {
                    writer.WriteStringValue(values.ToString());
                }
                else
                {
                    // Raw, so that numbers keep their digits; refused unless it is exactly one value.
                    writer.WriteRawValue(values.ToString());
                }
            }

            writer.WriteEndObject();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return GraphQLRefusal.Malformed("extensions and variables must be JSON.");
        }

        body = written.WrittenMemory;
        return null;
    }

    /// <summary>
    /// Lets the caller's browser keep the answer, and ask each time whether it still holds. Not a refusal: what is
    /// refused now may be granted next time.
    /// </summary>
    public static void AllowRevalidation(HttpResponse response) =>
        response.OnStarting(() =>
        {
            if (response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
            {
                Freshness.AllowRevalidation(response);
            }

            return Task.CompletedTask;
        });

    public static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        operation.Parameters =
        [
            .. _parameters.Select(parameter => new OpenApiParameter
            {
                Name = parameter.Key,
                Description = parameter.Value,
                In = ParameterLocation.Query,
                Required = parameter.Key == "extensions",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }),
        ];
        return Task.CompletedTask;
    }
}
