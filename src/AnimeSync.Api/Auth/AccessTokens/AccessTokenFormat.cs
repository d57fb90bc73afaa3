using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>
/// Reads the parts of a compact JWS more strictly than the library does: canonical base64url, known members only,
/// each once and of its own JSON type. It proves nothing; the signature is the library's to check.
/// </summary>
internal static class AccessTokenFormat
{
    public const string Type = "at+jwt"; // RFC 9068 §2.1
    private const int MostCharacters = 4096;
    private const int SignatureCharacters = 43; // 256 bits

    public static bool IsWellFormed(string token) =>
        token.Length <= MostCharacters
        && token.Split('.') is [var header, var payload, { Length: SignatureCharacters } signature]
        && Decode(header) is { } headerBytes
        && Decode(payload) is not null
        && Decode(signature) is not null
        && ReadHeader(headerBytes) is { Alg: "HS256", Typ: Type };

    /// <summary>The claims, or null when any is missing, doubled, unknown or of the wrong JSON type.</summary>
    public static AccessTokenClaims? ReadClaims(string encodedPayload)
    {
        try
        {
            return Decode(encodedPayload) is { } bytes
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

    private static byte[]? Decode(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return null;
            }
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        // The Try methods throw on text that is no base64url; this one says so. The last character may carry bits
        // that decode to nothing; only the canonical spelling is accepted.
        return
            Base64Url.DecodeFromChars(text, bytes, out _, out var written) is OperationStatus.Done
            && Base64Url.EncodeToString(bytes.AsSpan(0, written)) == text
            ? bytes[..written]
            : null;
    }
}
