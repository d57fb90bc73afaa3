using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>How the gateway shares AniList's request limit and how long anybody waits for it.</summary>
public sealed record GatewayOptions
{
    /// <summary>Names what is shared in Redis: everybody who asks the same host has one budget.</summary>
    public required string Upstream { get; init; }

    /// <summary>Null: this process is the only one.</summary>
    public Func<Task<IConnectionMultiplexer>>? Redis { get; init; }

    /// <summary>Requests a minute until AniList's header tells otherwise.</summary>
    public int RequestsPerMinute { get; init; } = 30;

    /// <summary>Requests at once.</summary>
    public int Burst { get; init; } = 4;

    /// <summary>What the limit is divided by while Redis is away.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Bytes of public answers kept in this process.</summary>
    public long MemoryBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a read waits for others that can go with it, while nothing else makes it wait.</summary>
    public TimeSpan Companions { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan WritesWait { get; init; } = TimeSpan.FromSeconds(12);

    public TimeSpan ReadsWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No longer than for a read: one may come to wait for the same answer.</summary>
    public TimeSpan BackgroundWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that somebody waits for a turn; with AniList's own 15 s it stays below a proxy's 30 s.</summary>
    public TimeSpan LongestWait(Lane lane) =>
        lane switch
        {
            Lane.Writes => WritesWait,
            Lane.Reads => ReadsWait,
            _ => BackgroundWait,
        };
}
