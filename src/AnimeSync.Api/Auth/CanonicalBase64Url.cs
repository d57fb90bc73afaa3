using System.Buffers;
using System.Buffers.Text;

namespace AnimeSync.Api.Auth;

/// <summary>
/// Reads base64url without padding (RFC 7515 §2) in its one spelling: a last character may carry bits that decode to
/// nothing, and a token must not have two texts.
/// </summary>
internal static class CanonicalBase64Url
{
    /// <summary>Null when the text is anything else.</summary>
    public static byte[]? Decode(string text)
    {
        // The decoder would skip white space.
        if (!text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        // The Try methods throw on text that is no base64url; this one says so.
        return
            Base64Url.DecodeFromChars(text, bytes, out _, out var written) is OperationStatus.Done
            && Base64Url.EncodeToString(bytes.AsSpan(0, written)) == text
            ? bytes[..written]
            : null;
    }
}
