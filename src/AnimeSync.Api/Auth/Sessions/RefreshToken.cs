using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace AnimeSync.Api.Auth.Sessions;

/// <summary>
/// Session id ‖ counter ‖ HMAC-SHA256 of both under the session's own key. Nothing of it is stored: the row's
/// counter and key re-derive it, and a dump without the key ring forges nothing.
/// </summary>
internal sealed record RefreshToken(Guid SessionId, int Counter, byte[] Mac)
{
    public const int KeyBytes = 32;
    private const int SignedBytes = 16 + sizeof(int);
    private const int Bytes = SignedBytes + HMACSHA256.HashSizeInBytes;
    private static readonly int _characters = Base64Url.GetEncodedLength(Bytes);

    public static RefreshToken For(Guid sessionId, int counter, byte[] key) =>
        new(sessionId, counter, HMACSHA256.HashData(key, Signed(sessionId, counter)));

    /// <summary>Null when the text is not the one spelling of a token; whether it is genuine is another question.</summary>
    public static RefreshToken? Parse(string text)
    {
        if (text.Length != _characters || CanonicalBase64Url.Decode(text) is not { Length: Bytes } bytes)
        {
            return null;
        }

        var counter = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16));
        var token = new RefreshToken(
            new Guid(bytes.AsSpan(0, 16), bigEndian: true),
            counter,
            bytes[SignedBytes..Bytes]
        );
        return counter is >= 0 and < int.MaxValue ? token : null;
    }

    public bool IsGenuine(byte[] key) =>
        CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, Signed(SessionId, Counter)), Mac);

    public override string ToString() => Base64Url.EncodeToString([.. Signed(SessionId, Counter), .. Mac]);

    private static byte[] Signed(Guid sessionId, int counter)
    {
        var bytes = new byte[SignedBytes];
        sessionId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), counter);
        return bytes;
    }
}
