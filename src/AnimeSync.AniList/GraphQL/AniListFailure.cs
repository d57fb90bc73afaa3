namespace AnimeSync.AniList;

/// <summary>
/// Why a call to AniList did not succeed. Told by the first error's message: status 400 is shared by dead tokens, bad
/// queries, failed validation, complexity and page depth.
/// </summary>
public enum AniListFailure
{
    /// <summary>The user's token is dead; only a new link helps.</summary>
    InvalidToken,

    /// <summary>A token was needed and none was sent, or this user may not do that.</summary>
    Unauthorized,

    /// <summary>A mutation's arguments were refused; the error says which.</summary>
    Validation,

    /// <summary>More than 500 fields were selected.</summary>
    Complexity,

    /// <summary>page × perPage went past 5,000.</summary>
    PageDepth,

    NotFound,

    /// <summary>The user hides this list.</summary>
    Private,

    /// <summary>The address this service calls from must wait.</summary>
    RateLimited,

    /// <summary>AniList turned its API off. Says nothing about the token, although the status is 403.</summary>
    Disabled,

    /// <summary>Any other error that AniList itself put into a GraphQL answer.</summary>
    Rejected,

    /// <summary>Not a GraphQL answer: HTML, empty, truncated, too large, redirected, not UTF-8.</summary>
    Broken,

    /// <summary>No complete answer in time; a mutation may or may not have happened.</summary>
    Timeout,

    /// <summary>No connection, or one that ended before an answer began.</summary>
    Unreachable,
}
