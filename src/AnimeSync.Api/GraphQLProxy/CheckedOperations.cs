using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>
/// Remembers which bodies have passed, by their SHA-256, so that a body seen before is not parsed again. Refused bodies
/// are not remembered. Bounded: two generations of equal size, the older one dropped whole when the newer is full.
/// </summary>
internal sealed class CheckedOperations
{
    private const int PerGeneration = 4096;

    private ConcurrentDictionary<BodyHash, CheckedOperation> _recent = new();
    private ConcurrentDictionary<BodyHash, CheckedOperation> _older = new();

    public CheckedOperation? Find(BodyHash hash)
    {
        if (_recent.TryGetValue(hash, out var operation))
        {
            return operation;
        }

        if (_older.TryGetValue(hash, out operation))
        {
            Remember(hash, operation);
        }

        return operation;
    }

    public void Remember(BodyHash hash, CheckedOperation operation)
    {
        var recent = _recent;
        recent[hash] = operation;
        // Count locks every bucket, which is why only an insertion asks for it.
        if (
            recent.Count >= PerGeneration
            && Interlocked.CompareExchange(ref _recent, new ConcurrentDictionary<BodyHash, CheckedOperation>(), recent)
                == recent
        )
        {
            _older = recent;
        }
    }
}

internal readonly record struct BodyHash(UInt128 First, UInt128 Second)
{
    public static BodyHash Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
