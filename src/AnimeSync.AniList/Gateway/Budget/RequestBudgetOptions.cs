using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>What the budget is assumed to be, and where it is counted.</summary>
public sealed record RequestBudgetOptions
{
    /// <summary>Whose budget it is, such as the upstream's host: part of the key in Redis.</summary>
    public required string Name { get; init; }

    /// <summary>Requests a minute, until an answer's headers tell.</summary>
    public int Limit { get; init; } = 30;

    /// <summary>Permits at once. Never more than half of the limit.</summary>
    public int Burst { get; init; } = 4;

    /// <summary>How many processes share the budget; while Redis is away each counts its share.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Gives the connection, at best the same one each time; null means that this process is alone.</summary>
    public Func<Task<IConnectionMultiplexer>>? Redis { get; init; }

    /// <summary>The longest that a question waits for Redis.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Replaces the clock of Redis, in microseconds: a test cannot wait for minutes.</summary>
    internal Func<long>? RedisTime { get; init; }
}
