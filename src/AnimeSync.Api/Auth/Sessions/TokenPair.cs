using AnimeSync.Api.Auth.AccessTokens;

namespace AnimeSync.Api.Auth.Sessions;

/// <summary>What a client receives: a short access token and the session's current refresh token.</summary>
internal sealed record TokenPair(Session Session, IssuedAccessToken AccessToken, string RefreshToken);

/// <summary>The end of a refresh: a pair, or one of two refusals.</summary>
internal sealed record Refreshed(TokenPair? Pair, bool IsReuse = false)
{
    public static readonly Refreshed Invalid = new(Pair: null);
    public static readonly Refreshed Reused = new(Pair: null, IsReuse: true);
}
