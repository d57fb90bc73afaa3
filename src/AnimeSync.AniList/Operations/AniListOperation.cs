namespace AnimeSync.AniList.Operations;

/// <summary>What the service must know of a client's operation, once its document is gone.</summary>
/// <param name="IsPublic">Nothing in the answer depends on who asks, so it is asked without a token.</param>
/// <param name="HasSideEffects">
/// Asking changes something at AniList, so it is never cached, coalesced or retried. True of every mutation.
/// </param>
/// <param name="Kind">Of a public operation its soonest outdated part's; of any other the soonest there is.</param>
public sealed record AniListOperation(
    OperationKey Key,
    bool IsPublic,
    bool IsMutation,
    bool HasSideEffects,
    AnswerKind Kind
);
