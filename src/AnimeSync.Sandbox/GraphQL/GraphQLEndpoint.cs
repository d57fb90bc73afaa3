using System.Collections.Concurrent;
using System.Text.Json;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Control;
using AnimeSync.Sandbox.OAuth;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>AniList's one GraphQL address: who asks, the limits, the faults, then the document, in that order.</summary>
internal sealed class GraphQLEndpoint(
    ISchema schema,
    SandboxOptions options,
    AccessTokens tokens,
    RequestLimits limits,
    FaultRules faults,
    Journal journal,
    TimeProvider clock
)
{
    private const int LargestBody = 1024 * 1024;
    private const int MostDocuments = 1000;
    private const string Bearer = "Bearer ";

    private readonly DocumentExecuter executer = new();
    private readonly GraphQLSerializer serializer = new();

    // Only documents that proved valid: a failed one must be told what is wrong with it every time.
    private readonly ConcurrentDictionary<string, GraphQLDocument> valid = new(StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var at = clock.GetUtcNow();
        var counted = limits.TryCount(out var limit, out var remaining);
        var (request, problem) = await ReadAsync(context.Request);
        var presented = context.Request.Headers.Authorization.ToString();
        var viewer = presented.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? tokens.OwnerOf(presented[Bearer.Length..].Trim())
            : null;
        var document = request is null ? null : Parse(request.Query, out problem);
        var shape = document is null ? null : OperationShape.Of(document, request!.OperationName);
        var fault = counted
            ? faults.Take(shape?.Name, shape?.RootFields ?? [], context.Request.Headers.Referer.Count > 0)
            : null;

        Answer answer;
        if (!counted)
        {
            answer = ErrorAnswers.TooManyRequests;
        }
        else if (fault is { Kind: "invalid-token" })
        {
            answer = InvalidToken(shape) with { Status = fault.Status ?? 400 };
        }
        else if (
            fault is not null
            && FaultAnswers.Replacement(fault, context.Request, forTokens: false) is { } replacement
        )
        {
            answer = replacement;
        }
        else if (shape is null)
        {
            answer =
                problem
                ?? ErrorAnswers.WithoutData(
                    400,
                    "No query or mutation provided. Please view https://anilist.co/graphiql for available queries and mutations."
                );
        }
        else if (presented.Length > 0 && viewer is null)
        {
            answer = InvalidToken(shape);
        }
        else
        {
            answer = await ExecuteAsync(context, request!, document!, shape, viewer);
        }

        journal.Add(
            new(
                at,
                shape?.Name ?? (shape?.RootFields is [var first, ..] ? first : null),
                shape?.RootFields ?? [],
                viewer?.Name,
                shape?.Complexity,
                answer.Status,
                answer.Status == StatusCodes.Status429TooManyRequests,
                presented.Length > 0,
                context.Request.Headers.Referer.ToString() is { Length: > 0 } referer ? referer : null,
                context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null
            )
        );
        if (answer.RetryAfter is null)
        {
            AniListHeaders.Write(context.Response, limit, remaining);
        }

        await (fault is null ? answer.WriteAsync(context) : fault.PlayAsync(context, answer));
    }

    private static Answer InvalidToken(OperationShape? shape) =>
        shape is null
            ? ErrorAnswers.WithoutData(400, "Invalid token")
            : ErrorAnswers.WithNulls(400, "Invalid token", [shape.FirstField], shape.RootKeys);

    private static async Task<(GraphQLRequest? Request, Answer? Problem)> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
        {
            return (null, ErrorAnswers.WithoutData(413, "Request Entity Too Large"));
        }

        if (!request.HasJsonContentType())
        {
            return (null, null);
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, GraphQLJsonContext.Default.GraphQLRequest);
            return (body?.Query is null ? null : body, null);
        }
        catch (JsonException)
        {
            return (null, ErrorAnswers.WithoutData(400, "Syntax error"));
        }
    }

    private GraphQLDocument? Parse(string query, out Answer? problem)
    {
        problem = null;
        if (valid.TryGetValue(query, out var known))
        {
            return known;
        }

        try
        {
            return Parser.Parse(query);
        }
        catch (GraphQLSyntaxErrorException error)
        {
            problem = ErrorAnswers.WithoutData(400, $"Syntax Error: {error.Description}", error.Location);
            return null;
        }
        catch (GraphQLMaxDepthExceededException)
        {
            problem = ErrorAnswers.WithoutData(400, "Syntax Error: the document is nested too deeply");
            return null;
        }
    }

    private async Task<Answer> ExecuteAsync(
        HttpContext context,
        GraphQLRequest request,
        GraphQLDocument document,
        OperationShape shape,
        SandboxUser? viewer
    )
    {
        var isKnown = valid.ContainsKey(request.Query);
        if (shape.Complexity > OperationShape.MostComplex)
        {
            return ErrorAnswers.WithoutData(
                400,
                $"Max query complexity should be {OperationShape.MostComplex} but got {shape.Complexity}."
            );
        }

        var result = await executer.ExecuteAsync(
            new ExecutionOptions
            {
                Schema = schema,
                Query = request.Query,
                Document = document,
                OperationName = request.OperationName,
                Variables = request.Variables is { ValueKind: JsonValueKind.Object } variables
                    ? serializer.ReadNode<Inputs>(variables)
                    : null,
                ValidationRules = isKnown ? [] : AniListValidation.Rules,
                UserContext = new Call(
                    viewer,
                    options.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}"
                ),
                CancellationToken = context.RequestAborted,
            }
        );
        if (!isKnown && result.Executed)
        {
            if (valid.Count >= MostDocuments)
            {
                valid.Clear();
            }

            valid.TryAdd(request.Query, document);
        }

        return result.Errors is { Count: > 0 } errors
            ? Refuse(errors, result.Executed, shape)
            : await SerializeAsync(result, context.RequestAborted);
    }

    private async Task<Answer> SerializeAsync(ExecutionResult result, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await serializer.WriteAsync(body, result, cancellationToken);
        return new(200, body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    private static Answer Refuse(ExecutionErrors errors, bool executed, OperationShape shape)
    {
        // AniList speaks of the first thing that went wrong.
        var refusal = errors.OfType<AniListError>().FirstOrDefault();
        if (refusal is not null)
        {
            return ErrorAnswers.Create(
                refusal.Status,
                refusal.Message,
                [shape.FirstField],
                shape.RootKeys,
                refusal.Validation
            );
        }

        var error = errors[0];
        return executed
            ? ErrorAnswers.WithNulls(500, "Internal Server Error", [shape.FirstField], shape.RootKeys)
            : ErrorAnswers.WithoutData(400, AniListValidation.MessageOf(error), error.Locations ?? []);
    }
}
