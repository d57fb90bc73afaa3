using System.Security.Cryptography;

namespace AnimeSync.Sandbox.OAuth;

internal enum CodeOutcome
{
    Accepted,
    Unknown,
    Used,
    Expired,
    WrongClient,
    WrongRedirect,
}

/// <summary>Codes are used once, within a minute, by the client and for the address they were issued to.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Grant> grants = [];

    public string Issue(int userId, string clientId, string? redirectUri)
    {
        // Long, as the encrypted codes of AniList's server are.
        var code = "def50200" + RandomNumberGenerator.GetHexString(200, true);
        lock (gate)
        {
            grants[code] = new Grant(userId, clientId, redirectUri, clock.GetUtcNow() + Lifetime);
        }

        return code;
    }

    /// <summary>Whose code that is, for rules that spoil one user's sign-in.</summary>
    public int? OwnerOf(string code)
    {
        lock (gate)
        {
            return grants.GetValueOrDefault(code)?.UserId;
        }
    }

    public CodeOutcome Redeem(string code, string? clientId, string? redirectUri, out int userId)
    {
        lock (gate)
        {
            userId = 0;
            if (!grants.TryGetValue(code, out var grant))
            {
                return CodeOutcome.Unknown;
            }

            if (grant.ClientId != clientId)
            {
                return CodeOutcome.WrongClient;
            }

            if (grant.RedirectUri != redirectUri)
            {
                return CodeOutcome.WrongRedirect;
            }

            if (grant.Used)
            {
                return CodeOutcome.Used;
            }

            if (grant.ExpiresAt <= clock.GetUtcNow())
            {
                return CodeOutcome.Expired;
            }

            grants[code] = grant with { Used = true };
            userId = grant.UserId;
            return CodeOutcome.Accepted;
        }
    }

    private sealed record Grant(
        int UserId,
        string ClientId,
        string? RedirectUri,
        DateTimeOffset ExpiresAt,
        bool Used = false
    );
}
