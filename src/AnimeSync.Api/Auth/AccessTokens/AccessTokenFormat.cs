using System.Text.Json;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>
/// Reads the parts of a compact JWS more strictly than the library does: canonical base64url, known members only,
/// each once and of its own JSON type. It proves nothing; the signature is the library's to check.
/// </summary>
internal static class AccessTokenFormat
{
    public const string Type = "at+jwt"; // RFC 9068 §2.1
    private const string Scheme = "Bearer ";
    private const int MostCharacters = 4096;
    private const int SignatureCharacters = 43; // 256 bits

    /// <summary>The bearer token of a request, unchecked; null without exactly one Bearer credential (RFC 6750 §2.1).</summary>
    public static string? FromAuthorization(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..]
            : null;

    public static bool IsWellFormed(string token) =>
        token.Length <= MostCharacters
        && token.Split('.') is [var header, var payload, { Length: SignatureCharacters } signature]
        && CanonicalBase64Url.Decode(header) is { } headerBytes
        && CanonicalBase64Url.Decode(payload) is not null
        && CanonicalBase64Url.Decode(signature) is not null
        && ReadHeader(headerBytes) is { Alg: "HS256", Typ: Type };

    /// <summary>The claims, or null when any is missing, doubled, unknown or of the wrong JSON type.</summary>
    public static AccessTokenClaims? ReadClaims(string encodedPayload)
    {
        try
        {
            return CanonicalBase64Url.Decode(encodedPayload) is { } bytes
                ? JsonSerializer.Deserialize(bytes, AccessTokenJson.Default.AccessTokenClaims)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AccessTokenHeader? ReadHeader(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AccessTokenJson.Default.AccessTokenHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
