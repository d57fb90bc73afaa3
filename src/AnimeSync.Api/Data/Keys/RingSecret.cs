using System.Security.Cryptography;
using System.Text;

namespace AnimeSync.Api.Data.Keys;

/// <summary>One SECRET_KEY, only as what is derived from it: the AES-256 key for ring rows, and a name to tell it by.</summary>
internal sealed class RingSecret
{
    private const int IdBytes = 8;
    private const int KeyBytes = 32;

    private RingSecret(string id, byte[] key) => (Id, Key) = (id, key);

    /// <summary>Sixteen hex digits that say which secret closed a ring row and nothing about the secret itself.</summary>
    public string Id { get; }
    public byte[] Key { get; }

    public static RingSecret From(string secret)
    {
        var material = Encoding.UTF8.GetBytes(secret);
        return new(
            Convert.ToHexStringLower(Derive(material, IdBytes, "AnimeSync key ring secret id"u8)),
            Derive(material, KeyBytes, "AnimeSync key ring v1"u8)
        );
    }

    private static byte[] Derive(byte[] material, int length, ReadOnlySpan<byte> use)
    {
        var derived = new byte[length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, derived, salt: [], use);
        return derived;
    }
}
