using System.Buffers.Binary;
using ZiggyCreatures.Caching.Fusion.Internals;
using ZiggyCreatures.Caching.Fusion.Internals.Distributed;
using ZiggyCreatures.Caching.Fusion.Serialization;

namespace AnimeSync.AniList.Gateway;

/// <summary>Puts answers into Redis as the bytes they are.</summary>
internal sealed class CachedAnswerSerializer : IFusionCacheSerializer
{
    private const int TimesBytes = 2 * sizeof(long);

    public byte[] Serialize<T>(T? obj)
    {
        var entry = (FusionCacheDistributedEntry<CachedAnswer>)(object)obj!;
        var answer = entry.Value.ToBytes();
        var bytes = new byte[TimesBytes + answer.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, entry.Timestamp);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long)), entry.LogicalExpirationTimestamp);
        answer.CopyTo(bytes, TimesBytes);
        return bytes;
    }

    public T? Deserialize<T>(byte[] data)
    {
        if (data.Length < TimesBytes || CachedAnswer.Parse(data.AsSpan(TimesBytes)) is not { } answer)
        {
            throw new InvalidDataException("Another version wrote this answer.");
        }

        // The size travels along so that this process's memory stays bounded whoever stored the answer.
        var metadata = new FusionCacheEntryMetadata(false, null, null, null, PublicAnswers.SizeOf(answer), null);
        return (T)
            (object)
                new FusionCacheDistributedEntry<CachedAnswer>(
                    answer,
                    BinaryPrimitives.ReadInt64LittleEndian(data),
                    BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(sizeof(long))),
                    null,
                    metadata
                );
    }

    public ValueTask<byte[]> SerializeAsync<T>(T? obj, CancellationToken token = default) => new(Serialize(obj));

    public ValueTask<T?> DeserializeAsync<T>(byte[] data, CancellationToken token = default) =>
        new(Deserialize<T>(data));
}
