using AnimeSync.Api.Http;
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
        HttpRequest request,
        CurrentUser user,
        OperationGate gate,
        GraphQLProxyService proxy,
        CancellationToken cancellationToken
    )
    {
        var body = new GraphQLBody();
        if (await body.TryReadAsync(request, cancellationToken) is { } unreadable)
        {
            return unreadable;
        }

        var bytes = body.Bytes;
        if (gate.TryPass(ref bytes, out _) is { } refusal)
        {
            return refusal;
        }

        return await proxy.SendAsync(user.Id, bytes, cancellationToken);
    }
}
