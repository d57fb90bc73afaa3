using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>What every limiter needs besides its limit: where Redis is, and what to do while it is away.</summary>
public abstract class RedisRateLimiterOptions
{
    /// <summary>Gives the connection to count on. Limiters whose factories give the same one share its circuit.</summary>
    public Func<IConnectionMultiplexer>? ConnectionMultiplexerFactory { get; set; }

    /// <summary>The circuit to count through; replaces <see cref="ConnectionMultiplexerFactory"/>.</summary>
    public RedisCircuit? Circuit { get; set; }

    /// <summary>
    /// How many processes share the limit. While Redis does not answer, each of them grants the limit divided by
    /// this number, and at least 1.
    /// </summary>
    public int Processes { get; set; } = 1;

    internal RedisCircuit RequireCircuit() =>
        Circuit
        ?? (
            ConnectionMultiplexerFactory is { } factory
                ? RedisCircuit.Of(factory())
                : throw new ArgumentException($"Set {nameof(ConnectionMultiplexerFactory)} or {nameof(Circuit)}.")
        );

    internal int RequireProcesses() => RequirePositive(Processes, nameof(Processes));

    private protected static int RequirePositive(int value, string name) =>
        value > 0 ? value : throw new ArgumentException($"{name} must be greater than 0.", name);

    /// <summary>Microseconds. The shortest time that Redis keeps a key for is a millisecond.</summary>
    private protected static long RequireDuration(TimeSpan value, string name) =>
        value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromDays(366)
            ? value.Ticks / TimeSpan.TicksPerMicrosecond
            : throw new ArgumentException($"{name} must be from a millisecond to a year.", name);
}
