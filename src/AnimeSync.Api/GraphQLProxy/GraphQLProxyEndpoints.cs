using AnimeSync.Api.GraphQLProxy.Persisted;
using AnimeSync.Api.Http;
using AnimeSync.Api.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.GraphQLProxy;

internal static class GraphQLProxyEndpoints
{
    private const string Sending =
        "A JSON object with query, variables, operationName and extensions. Instead of query, "
        + """extensions may name a persisted operation: {"persistedQuery":{"version":1,"sha256Hash":"…"}}.""";

    public static void MapGraphQLProxy(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/graphql", AnswerAsync)
            .WithMetadata(new SettlesLimits())
            .DisableValidation()
            .WithTags("GraphQL")
            .WithName("SendGraphQL")
            .WithSummary("Sends one GraphQL operation to AniList as the caller.")
            .WithDescription(Sending);
        routes
            .MapGet("/graphql", AnswerAsync)
            .WithMetadata(new SettlesLimits())
            .DisableValidation()
            .ServesOnly(PersistedRequest.IsMeant, PersistedRequest.Meant)
            .WithTags("GraphQL")
            .WithName("ReadPersistedGraphQL")
            .WithSummary("Sends one persisted query to AniList as the caller.")
            .WithDescription(PersistedRequest.Reading)
            .AddOpenApiOperationTransformer(PersistedRequest.DescribeAsync);
    }

    private static async Task<Results<AniListAnswerResult, GraphQLRefusal, EmptyHttpResult>> AnswerAsync(
        HttpContext context,
        CurrentUser user,
        OperationGate gate,
        RequestLimits limits,
        GraphQLProxyService proxy,
        CancellationToken cancellationToken
    )
    {
        var body = new GraphQLBody();
        var unreadable = await body.TryReadAsync(context.Request, cancellationToken);
        var bytes = body.Bytes;
        var operation = unreadable is null ? gate.Find(bytes) : null;
        if (!await TrySettleAsync(operation))
        {
            return TypedResults.Empty;
        }

        if (unreadable is not null)
        {
            return unreadable;
        }

        var isGet = HttpMethods.IsGet(context.Request.Method);
        if (operation is null)
        {
            if (gate.TryPass(ref bytes, out operation, isGet) is { } refusal)
            {
                return refusal;
            }

            // What a body costs that was never seen before is known only now.
            if (!await TrySettleAsync(operation))
            {
                return TypedResults.Empty;
            }
        }

        if (isGet)
        {
            PersistedRequest.AllowRevalidation(context.Response);
        }

        var answer = await proxy.SendAsync(user.Id, operation, bytes, cancellationToken);
        return answer.Result is GraphQLRefusal refused ? refused : (AniListAnswerResult)answer.Result;

        ValueTask<bool> TrySettleAsync(CheckedOperation? priced)
        {
            var admission = Admission.Of(context)!;
            if (priced is not null)
            {
                admission.Owe(limits.GraphQLCost, user.Id.ToString("n"), priced.Cost);
            }

            return admission.TrySettleAsync(context);
        }
    }
}
