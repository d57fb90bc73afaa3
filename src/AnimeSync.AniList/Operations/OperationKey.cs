using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace AnimeSync.AniList.Operations;

/// <summary>What is asked, as the SHA-256 of its canonical text: two spellings of one question have one key.</summary>
public readonly record struct OperationKey(UInt128 First, UInt128 Second)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First:x32}{Second:x32}");

    internal static OperationKey Of(ReadOnlySpan<byte> canonicalText)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalText, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
