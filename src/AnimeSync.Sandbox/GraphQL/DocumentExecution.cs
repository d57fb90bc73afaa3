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

/// <summary>A parsed document with the operation that is wanted of it; <c>Valid</c> once it has run.</summary>
internal sealed record PreparedOperation(GraphQLDocument Document, OperationShape Shape, bool Valid);

/// <summary>Runs documents and remembers those that proved valid, so that they are neither parsed nor validated again.</summary>
internal sealed class DocumentExecution(ISchema schema, SandboxOptions options)
{
    private const int MostRemembered = 1000;

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
            return shape is null ? null : new(document, shape, Valid: false);
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

        var baseUrl = options.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}";
        var result = await executer.ExecuteAsync(
            new ExecutionOptions
            {
                Schema = schema,
                Query = request.Query,
                Document = operation.Document,
                OperationName = request.OperationName,
                Variables = request.Variables is { ValueKind: JsonValueKind.Object } variables
                    ? serializer.ReadNode<Inputs>(variables)
                    : null,
                ValidationRules = operation.Valid ? [] : AniListValidation.Rules,
                UserContext = new Call(viewer, baseUrl),
                CancellationToken = context.RequestAborted,
            }
        );
        if (result.Executed && !operation.Valid)
        {
            Remember(request, operation);
        }

        return result.Errors is { Count: > 0 } errors
            ? Refuse(errors, result.Executed, shape)
            : await SerializeAsync(result, context.RequestAborted);
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

    private static Answer Refuse(ExecutionErrors errors, bool executed, OperationShape shape)
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

        return executed
            ? ErrorAnswers.WithNulls(500, "Internal Server Error", [shape.FirstField], shape.RootKeys)
            : ErrorAnswers.WithoutData(400, AniListValidation.MessageOf(errors[0]), errors[0].Locations ?? []);
    }
}
