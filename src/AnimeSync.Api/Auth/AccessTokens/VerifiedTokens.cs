using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>
/// Remembers, by their exact text, tokens that passed every check of signature and form, so that a busy client pays
/// for those once. Time and session are still asked on every request.
/// </summary>
internal sealed class VerifiedTokens(SharedClock clock) : IDisposable
{
    private static readonly MemoryCacheEntryOptions _entry = new()
    {
        Size = 1,
        SlidingExpiration = TimeSpan.FromMinutes(5),
    };
    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public void Add(string token, VerifiedToken verified) => _tokens.Set(token, verified, _entry);

    /// <summary>Null also at the token's end, so that the full check finds the right words for it.</summary>
    public VerifiedToken? Find(string token) =>
        _tokens.Get<VerifiedToken>(token) is { } verified && clock.GetUtcNow().ToUnixTimeSeconds() < verified.Claims.Exp
            ? verified
            : null;

    public void Dispose() => _tokens.Dispose();
}

internal sealed record VerifiedToken(ClaimsPrincipal Principal, AccessTokenClaims Claims);
