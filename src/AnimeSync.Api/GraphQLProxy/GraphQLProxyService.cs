using AnimeSync.AniList;
using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Data;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>Asks the gateway a checked operation for its caller, and says what AniList's failures mean here.</summary>
internal sealed partial class GraphQLProxyService(
    AniListGateway gateway,
    OpenedCredentials credentials,
    ILogger<GraphQLProxyService> logger
)
{
    public async Task<Results<AniListAnswerResult, GraphQLRefusal>> SendAsync(
        Guid userId,
        CheckedOperation operation,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        string? token = null;
        var question = new GatewayQuestion(
            operation.Operation,
            body,
            () => OperationGate.Fold(body),
            userId,
            async cancelled => token = await credentials.FindAsync(userId, cancelled)
        );
        var answer = await gateway.AskAsync(question, cancellationToken);
        if (!IsRefused(answer))
        {
            return new AniListAnswerResult(answer);
        }

        answer.Dispose();
        if (answer.Failure == AniListFailure.InvalidToken && token is not null)
        {
            // The client may be gone by now; the credential is dead all the same.
            await credentials.RefuseAsync(userId, token, CancellationToken.None);
        }

        if (answer.StatusCode is { } status)
        {
            Log.Refused(logger, answer.Failure, (int)status);
        }
        else
        {
            Log.Failed(logger, answer.Failure);
        }

        return new GraphQLRefusal(AniListProblems.Of(answer.Failure!.Value), RetryAfter: answer.RetryAfter);
    }

    /// <summary>False for everything AniList itself has to say to the caller, errors included.</summary>
    private static bool IsRefused(GatewayAnswer answer) =>
        answer.StatusCode is null || answer.Failure is AniListFailure.InvalidToken or AniListFailure.Disabled;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "AniList did not serve a client's operation: {Failure}.")]
        public static partial void Failed(ILogger logger, AniListFailure? failure);

        [LoggerMessage(2, LogLevel.Warning, "AniList refused a client's operation: {Failure} (HTTP {Status}).")]
        public static partial void Refused(ILogger logger, AniListFailure? failure, int status);
    }
}
