using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.OAuth;

/// <summary>Issues year-long JWTs as AniList does and says whose a presented one is, unless it is forged, expired or revoked.</summary>
internal sealed class AccessTokens(SandboxOptions options, UserAccounts accounts, TimeProvider clock)
{
    /// <summary>Seconds; AniList's documents: a token lives one year and cannot be refreshed.</summary>
    public const int Lifetime = 31_536_000;

    private const int StampDigits = 16;
    private const int MostKnown = 1000;

    private const string Header = """{"typ":"JWT","alg":"HS256"}""";

    // With a key given, tokens outlive a restart; without, every process has its own.
    private readonly byte[] key = options.SigningKey is { } text
        ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
        : RandomNumberGenerator.GetBytes(32);

    // Tokens whose signature has been checked: a hash on every request would be most of what a simple one costs.
    private readonly ConcurrentDictionary<string, Claims> known = new();

    // By user, the stamp up to which tokens are dead.
    private readonly ConcurrentDictionary<int, long> revoked = new();

    private readonly Lock gate = new();
    private long lastStamp;

    public string Issue(SandboxUser user, string clientId)
    {
        var now = clock.GetUtcNow();
        var issuedAt = Microseconds(now).ToString("F6", CultureInfo.InvariantCulture);
        var seconds = now.ToUnixTimeSeconds();
        var payload =
            $$"""{"aud":{{JsonSerializer.Serialize(clientId)}},"jti":"{{RandomNumberGenerator.GetHexString(64, true)}}{{NextStamp():x16}}","iat":{{issuedAt}},"nbf":{{seconds}},"exp":{{seconds + Lifetime}},"sub":"{{user.Id}}","scopes":[]}""";
        var signed = $"{Encode(Header)}.{Encode(payload)}";
        return $"{signed}.{Sign(signed)}";
    }

    public SandboxUser? OwnerOf(string token)
    {
        if (!known.TryGetValue(token, out var claims) && (claims = Read(token)) is null)
        {
            return null;
        }

        var dead =
            claims.ExpiresAt <= clock.GetUtcNow().ToUnixTimeSeconds()
            || (revoked.TryGetValue(claims.UserId, out var upTo) && claims.Stamp <= upTo);
        return dead ? null : accounts.Find(claims.UserId);
    }

    public void RevokeAll(SandboxUser user) => revoked[user.Id] = NextStamp();

    private Claims? Read(string token)
    {
        var lastDot = token.LastIndexOf('.');
        if (lastDot < 0 || !Matches(Sign(token[..lastDot]), token[(lastDot + 1)..]))
        {
            return null;
        }

        // Only what this class signed comes this far, so the payload is known to be well formed.
        using var payload = JsonDocument.Parse(
            Base64Url.DecodeFromChars(token.AsSpan()[(token.IndexOf('.') + 1)..lastDot])
        );
        var claims = new Claims(
            int.Parse(payload.RootElement.GetProperty("sub").GetString()!, CultureInfo.InvariantCulture),
            payload.RootElement.GetProperty("exp").GetInt64(),
            long.Parse(
                payload.RootElement.GetProperty("jti").GetString()![^StampDigits..],
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            )
        );
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        return known[token] = claims;
    }

    // Real time, whatever the sandbox's clock shows, so that the order holds over a restart; never the same twice.
    private long NextStamp()
    {
        lock (gate)
        {
            return lastStamp = Math.Max(lastStamp + 1, TimeProvider.System.GetUtcNow().Ticks);
        }
    }

    private static decimal Microseconds(DateTimeOffset instant) =>
        decimal.Round((instant - DateTimeOffset.UnixEpoch).Ticks / 10_000_000m, 6);

    private string Sign(string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static bool Matches(string expected, string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(presented));

    /// <summary>What a token says. <c>Stamp</c>: its place in the order of issues and revocations.</summary>
    private sealed record Claims(int UserId, long ExpiresAt, long Stamp);
}
