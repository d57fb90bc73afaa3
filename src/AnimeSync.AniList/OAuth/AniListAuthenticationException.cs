namespace AspNet.Security.OAuth.AniList;

public enum AniListAuthenticationFailure
{
    /// <summary>The callback's parameters contradict each other or are doubled (RFC 6749 §3.1).</summary>
    MalformedCallback,

    /// <summary>The callback came from another authorization server (RFC 9207 §2.4).</summary>
    ForeignIssuer,

    /// <summary>The callback's `state` has been used, has expired, or was never issued.</summary>
    StateRefused,

    /// <summary>AniList refused the code.</summary>
    CodeRefused,

    /// <summary>AniList answered something that is not a token or a viewer.</summary>
    BadResponse,

    /// <summary>AniList answered 403, 429 or 5xx, or could not be reached.</summary>
    Unavailable,

    /// <summary>AniList did not answer in time.</summary>
    Timeout,
}

/// <summary>Why a sign-in failed. Its message names no token, code or body.</summary>
public sealed class AniListAuthenticationException(AniListAuthenticationFailure failure, Exception? inner = null)
    : Exception($"AniList sign-in failed: {failure}.", inner)
{
    public AniListAuthenticationFailure Failure { get; } = failure;
}
