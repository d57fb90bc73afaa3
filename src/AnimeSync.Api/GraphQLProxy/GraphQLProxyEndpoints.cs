using AnimeSync.Api.Http;
using AnimeSync.Api.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.GraphQLProxy;

internal static class GraphQLProxyEndpoints
{
    public static void MapGraphQLProxy(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/graphql", AnswerAsync)
            .WithTags("GraphQL")
            .WithName("SendGraphQL")
            .WithSummary("Sends one GraphQL operation to AniList as the caller.");

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
        if (gate.TryPass(ref bytes, out var operation) is { } refusal)
        {
            return refusal;
        }

        var verdict = await cost.AcquireAsync(user.Id, operation.Cost, cancellationToken);
        GraphQLCostLimit.Show(context, verdict);
        if (!verdict.IsGranted)
        {
            return new GraphQLRefusal(Problems.QuotaExceeded);
        }

        return await proxy.SendAsync(user.Id, bytes, cancellationToken);
    }
}
