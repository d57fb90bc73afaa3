using System.Collections.Concurrent;
using System.Text.Json;
using AnimeSync.Sandbox.Accounts;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>A parsed document with the operation that is wanted of it; <c>Valid</c> once that is known.</summary>
internal sealed record PreparedOperation(GraphQLDocument Document, OperationShape Shape, QueryPlan? Plan, bool Valid);

/// <summary>Runs documents and remembers those that proved valid, so that they are neither parsed nor validated again.</summary>
internal sealed class DocumentExecution(ISchema schema, SandboxOptions options)
{
    private const int MostRemembered = 1000;

    private const string BadVariables =
        "GraphQL Request parameter \"variables\" must be object or JSON string parsed to object.";

    private readonly DocumentExecuter executer = new();
    private readonly GraphQLSerializer serializer = new();

    // A failed document is not kept: it must be told what is wrong with it every time.
    private readonly ConcurrentDictionary<(string Query, string? Operation), PreparedOperation> remembered = new();

    public PreparedOperation? Prepare(GraphQLRequest request, out Answer? problem)
    {
        problem = null;
        if (remembered.TryGetValue((request.Query, request.OperationName), out var known))
        {
            return known;
        }

        try
        {
            var document = Parser.Parse(request.Query);
            var shape = OperationShape.Of(document, request.OperationName);
            if (shape is null && !string.IsNullOrEmpty(request.OperationName))
            {
                problem = ErrorAnswers.WithoutData(400, $"Unknown operation named \"{request.OperationName}\".");
            }

            return shape is null
                ? null
                : new(document, shape, QueryPlan.For(schema, request, document, shape), Valid: false);
        }
        catch (GraphQLSyntaxErrorException error)
        {
            problem = ErrorAnswers.WithoutData(400, $"Syntax Error: {error.Description}", error.Location);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            problem = ErrorAnswers.WithoutData(400, "Syntax Error: the document is nested too deeply");
        }

        return null;
    }

    public async Task<Answer> ExecuteAsync(
        HttpContext context,
        GraphQLRequest request,
        PreparedOperation operation,
        SandboxUser? viewer
    )
    {
        var shape = operation.Shape;
        if (shape.Type == OperationType.Subscription)
        {
            return ErrorAnswers.WithoutData(400, "Schema is not configured to execute subscription operation.");
        }

        if (shape.Complexity > OperationShape.MostComplex)
        {
            return ErrorAnswers.WithoutData(
                400,
                $"Max query complexity should be {OperationShape.MostComplex} but got {shape.Complexity}."
            );
        }

        var call = new Call(viewer, options.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}");
        if (ReadVariables(request.Variables) is not { } variables)
        {
            return ErrorAnswers.WithoutData(400, BadVariables);
        }

        return operation.Plan is { } plan
            ? await ExecutePlanAsync(request, operation, plan, call, variables, context.RequestAborted)
            : await ExecuteGenerallyAsync(request, operation, call, variables, context.RequestAborted);
    }

    // An object, or as some older clients send it, an object written into a string.
    private Inputs? ReadVariables(JsonElement? given)
    {
        try
        {
            return given switch
            {
                null or { ValueKind: JsonValueKind.Null } => Inputs.Empty,
                { ValueKind: JsonValueKind.Object } members => serializer.ReadNode<Inputs>(members),
                { ValueKind: JsonValueKind.String } text => serializer.Deserialize<Inputs>(text.GetString()),
                _ => null,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair and a member that comes twice are well-formed JSON, but no text and no object.
            return null;
        }
    }

    private async Task<Answer> ExecutePlanAsync(
        GraphQLRequest request,
        PreparedOperation operation,
        QueryPlan plan,
        Call call,
        Inputs given,
        CancellationToken cancellationToken
    )
    {
        if (!operation.Valid)
        {
            var result = await plan.ValidateAsync(given, cancellationToken);
            if (!result.IsValid)
            {
                return Refuse(result.Errors, executed: false, operation.Shape);
            }

            Remember(request, operation);
        }

        var (variables, errors) = await plan.ReadVariablesAsync(given, cancellationToken);
        if (errors is { Count: > 0 })
        {
            return Refuse(errors, executed: false, operation.Shape);
        }

        try
        {
            return new(200, new PlannedAnswer(plan, call, variables, cancellationToken).Write());
        }
        catch (ExecutionError error)
        {
            return Refuse([error], executed: true, operation.Shape);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A fault of the sandbox's own is the server's error, told as AniList tells its own.
            return Refuse([], executed: true, operation.Shape);
        }
    }

    private async Task<Answer> ExecuteGenerallyAsync(
        GraphQLRequest request,
        PreparedOperation operation,
        Call call,
        Inputs variables,
        CancellationToken cancellationToken
    )
    {
        var result = await executer.ExecuteAsync(
            new ExecutionOptions
            {
                Schema = schema,
                Query = request.Query,
                Document = operation.Document,
                OperationName = request.OperationName,
                Variables = variables,
                ValidationRules = operation.Valid ? [] : AniListValidation.Rules,
                UserContext = call,
                CancellationToken = cancellationToken,
            }
        );
        if (result.Executed && !operation.Valid)
        {
            Remember(request, operation);
        }

        return result.Errors is { Count: > 0 } errors
            ? Refuse(errors, result.Executed, operation.Shape)
            : await SerializeAsync(result, cancellationToken);
    }

    private void Remember(GraphQLRequest request, PreparedOperation operation)
    {
        if (remembered.Count >= MostRemembered)
        {
            remembered.Clear();
        }

        remembered[(request.Query, request.OperationName)] = operation with { Valid = true };
    }

    private async Task<Answer> SerializeAsync(ExecutionResult result, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await serializer.WriteAsync(body, result, cancellationToken);
        return new(200, body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    private static Answer Refuse(IEnumerable<ExecutionError> errors, bool executed, OperationShape shape)
    {
        // AniList speaks of the first thing that went wrong.
        if (errors.OfType<AniListError>().FirstOrDefault() is { } refusal)
        {
            return ErrorAnswers.Create(
                refusal.Status,
                refusal.Message,
                refusal.Locations ?? [shape.FirstField],
                shape.RootKeys,
                refusal.Validation
            );
        }

        return !executed && errors.First() is var first
            ? ErrorAnswers.WithoutData(400, AniListValidation.MessageOf(first), first.Locations ?? [])
            : ErrorAnswers.WithNulls(500, "Internal Server Error", [shape.FirstField], shape.RootKeys);
    }
}
