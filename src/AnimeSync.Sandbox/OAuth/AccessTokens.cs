using System.Buffers.Text;
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

    private const string Header = """{"typ":"JWT","alg":"HS256"}""";

    // With a key given, tokens outlive a restart; without, every process has its own.
    private readonly byte[] key = options.SigningKey is { } text
        ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
        : RandomNumberGenerator.GetBytes(32);

    public string Issue(SandboxUser user, string clientId)
    {
        var now = clock.GetUtcNow();
        var issuedAt = Microseconds(now).ToString("F6", CultureInfo.InvariantCulture);
        var seconds = now.ToUnixTimeSeconds();
        var payload =
            $$"""{"aud":{{JsonSerializer.Serialize(clientId)}},"jti":"{{RandomNumberGenerator.GetHexString(64, true)}}","iat":{{issuedAt}},"nbf":{{seconds}},"exp":{{seconds + Lifetime}},"sub":"{{user.Id}}","scopes":[]}""";
        var signed = $"{Encode(Header)}.{Encode(payload)}";
        return $"{signed}.{Sign(signed)}";
    }

    public SandboxUser? OwnerOf(string token)
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
        var claims = payload.RootElement;
        var expired = claims.GetProperty("exp").GetInt64() <= clock.GetUtcNow().ToUnixTimeSeconds();
        var user = accounts.Find(int.Parse(claims.GetProperty("sub").GetString()!, CultureInfo.InvariantCulture));
        return user is null || expired || claims.GetProperty("iat").GetDecimal() <= Microseconds(user.RevokedAt)
            ? null
            : user;
    }

    public void RevokeAll(SandboxUser user) =>
        accounts.Change(user.Id, found => found with { RevokedAt = clock.GetUtcNow() });

    private static decimal Microseconds(DateTimeOffset instant) =>
        decimal.Round((instant - DateTimeOffset.UnixEpoch).Ticks / 10_000_000m, 6);

    private string Sign(string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static bool Matches(string expected, string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(presented));
}
