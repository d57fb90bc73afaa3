using System.Text.Json;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>Reads when an AniList token ends from the token itself, which may be any text.</summary>
internal static class AniListTokenExpiry
{
    private static readonly TimeSpan _usual = TimeSpan.FromDays(365); // AniList docs, Authentication

    private static readonly double _latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static DateTimeOffset Of(string token, DateTimeOffset now) => Claimed(token) ?? now + _usual;

    private static DateTimeOffset? Claimed(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || CanonicalBase64Url.Decode(payload) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var claims = JsonDocument.Parse(bytes);
            // RFC 7519 §2: a number, which may have a fraction.
            return
                claims.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("exp", out var exp)
                && exp is { ValueKind: JsonValueKind.Number }
                && exp.TryGetDouble(out var seconds)
                && seconds > 0
                && seconds <= _latest
                ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
