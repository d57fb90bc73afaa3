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
            .WithTags("GraphQL")
            .WithName("SendGraphQL")
            .WithSummary("Sends one GraphQL operation to AniList as the caller.")
            .WithDescription(Sending);
        routes
            .MapGet("/graphql", AnswerAsync)
            .ServesOnly(PersistedRequest.IsMeant)
            .WithTags("GraphQL")
            .WithName("ReadPersistedGraphQL")
            .WithSummary("Sends one persisted query to AniList as the caller.")
            .WithDescription(PersistedRequest.Reading)
            .AddOpenApiOperationTransformer(PersistedRequest.DescribeAsync);
    }

    private static async Task<Results<AniListAnswerResult, GraphQLRefusal>> AnswerAsync(
        HttpContext context,
        CurrentUser user,
        OperationGate gate,
        GraphQLCostLimit cost,
        GraphQLProxyService proxy,
        CancellationToken cancellationToken
    )
    {
        var body = new GraphQLBody();
        if (await body.TryReadAsync(context.Request, cancellationToken) is { } unreadable)
        {
            return unreadable;
        }

        var bytes = body.Bytes;
        var isGet = HttpMethods.IsGet(context.Request.Method);
        if (gate.TryPass(ref bytes, out var operation, isGet) is { } refusal)
        {
            return refusal;
        }

        var verdict = await cost.AcquireAsync(user.Id, operation.Cost, cancellationToken);
        GraphQLCostLimit.Show(context, verdict);
        if (!verdict.IsGranted)
        {
            return new GraphQLRefusal(Problems.QuotaExceeded);
        }

        if (isGet)
        {
            PersistedRequest.AllowRevalidation(context.Response);
        }

        return await proxy.SendAsync(user.Id, operation, bytes, cancellationToken);
    }
}
