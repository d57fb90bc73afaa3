using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;

namespace AnimeSync.AniList.Gateway;

/// <summary>A public answer as it is kept, with the times that say what it is still good for.</summary>
/// <param name="FreshUntil">Until then it is as good as AniList's own.</param>
/// <param name="StaleUntil">Until then it is given out at once while AniList is asked again; later only when AniList fails.</param>
internal sealed record CachedAnswer(
    byte[] Body,
    HttpStatusCode Status,
    DateTimeOffset StoredAt,
    DateTimeOffset FreshUntil,
    DateTimeOffset StaleUntil
)
{
    // A refresh that failed is not tried again with every reader.
    private static readonly TimeSpan _refreshRest = TimeSpan.FromSeconds(30);

    private const byte Version = 1;
    private long _restsUntil;

    private const int HeaderBytes = 1 + sizeof(short) + 3 * sizeof(long);

    /// <summary>The one error that is kept, for a moment: that there is no such thing.</summary>
    public AniListFailure? Failure => Status == HttpStatusCode.NotFound ? AniListFailure.NotFound : null;

    public string ETag => field ??= ETagOf(Body);

    /// <summary>True for one reader in a while: that one has AniList asked again.</summary>
    public bool TryClaimRefresh(DateTimeOffset now)
    {
        var rests = Volatile.Read(ref _restsUntil);
        return now.Ticks >= rests
            && Interlocked.CompareExchange(ref _restsUntil, (now + _refreshRest).Ticks, rests) == rests;
    }

    public static string ETagOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"\"{Base64Url.EncodeToString(hash[..16])}\"";
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + Body.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(1), (short)Status);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(3), StoredAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(11), FreshUntil.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(19), StaleUntil.ToUnixTimeMilliseconds());
        Body.CopyTo(bytes, HeaderBytes);
        return bytes;
    }

    /// <returns>Null for what another version wrote.</returns>
    public static CachedAnswer? Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length < HeaderBytes || bytes[0] != Version
            ? null
            : new(
                bytes[HeaderBytes..].ToArray(),
                (HttpStatusCode)BinaryPrimitives.ReadInt16LittleEndian(bytes[1..]),
                Time(bytes[3..]),
                Time(bytes[11..]),
                Time(bytes[19..])
            );

    private static DateTimeOffset Time(ReadOnlySpan<byte> bytes) =>
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes));
}
