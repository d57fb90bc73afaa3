using AnimeSync.AniList;
using AnimeSync.Api.Data;
using AnimeSync.Api.Http;
using GraphQL.Client.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>Sends a checked operation with its caller's AniList token, and says what AniList's failures mean here.</summary>
internal sealed partial class GraphQLProxyService(
    GraphQLHttpClient aniList,
    OpenedCredentials credentials,
    ILogger<GraphQLProxyService> logger
)
{
    // AniList's limit counts per minute; an answer that names no time means a whole one.
    private static readonly TimeSpan _rateLimited = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _unavailable = TimeSpan.FromSeconds(30);

    public async Task<Results<AniListAnswerResult, GraphQLRefusal>> SendAsync(
        Guid userId,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        if (await credentials.FindAsync(userId, cancellationToken) is not { } token)
        {
            return new GraphQLRefusal(Problems.AniListRelinkRequired);
        }

        var answer = await aniList.ForwardAsync(body, token, cancellationToken);
        if (RefusalOf(answer) is not { } refusal)
        {
            return new AniListAnswerResult(answer);
        }

        answer.Dispose();
        Log.Failed(logger, answer.Failure, (int?)answer.StatusCode);
        if (answer.Failure == AniListFailure.InvalidToken)
        {
            // The client may be gone by now; the credential is dead all the same.
            await credentials.RefuseAsync(userId, token, CancellationToken.None);
        }

        return refusal;
    }

    /// <summary>Null for everything AniList itself has to say to the caller, errors included.</summary>
    private static GraphQLRefusal? RefusalOf(GraphQLHttpAnswer answer) =>
        answer.Failure switch
        {
            AniListFailure.InvalidToken => new(Problems.AniListRelinkRequired),
            AniListFailure.RateLimited => new(
                Problems.AniListRateLimited,
                RetryAfter: answer.RateLimit.RetryAfter ?? _rateLimited
            ),
            AniListFailure.Disabled or AniListFailure.Unreachable => new(
                Problems.AniListUnavailable,
                RetryAfter: _unavailable
            ),
            AniListFailure.Timeout => new(Problems.AniListTimeout),
            AniListFailure.Broken => new(Problems.AniListBadResponse),
            _ => null,
        };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "AniList did not serve a client's operation: {Failure} (HTTP {Status}).")]
        public static partial void Failed(ILogger logger, AniListFailure? failure, int? status);
    }
}
