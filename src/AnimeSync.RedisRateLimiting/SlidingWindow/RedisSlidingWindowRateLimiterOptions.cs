namespace RedisRateLimiting;

public sealed class RedisSlidingWindowRateLimiterOptions : RedisRateLimiterOptions
{
    /// <summary>Any span of this length holds at most the permits of one window.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.Zero;

    /// <summary>Permits within any window.</summary>
    public int PermitLimit { get; set; }

    internal long RequireWindow() => RequireDuration(Window, nameof(Window));

    internal int RequireLimit() => RequirePositive(PermitLimit, nameof(PermitLimit));
}
