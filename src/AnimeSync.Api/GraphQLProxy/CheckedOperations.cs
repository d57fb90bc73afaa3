using System.Buffers.Binary;
using System.Security.Cryptography;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>
/// Remembers which bodies have passed, by their SHA-256, so that a body seen before is not parsed again. Refused bodies
/// are not remembered.
/// </summary>
internal sealed class CheckedOperations() : Generations<BodyHash, CheckedOperation>(perGeneration: 4096);

internal readonly record struct BodyHash(UInt128 First, UInt128 Second)
{
    public static BodyHash Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
