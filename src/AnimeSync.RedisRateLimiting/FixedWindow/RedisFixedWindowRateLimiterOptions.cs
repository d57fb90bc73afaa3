namespace RedisRateLimiting;

public sealed class RedisFixedWindowRateLimiterOptions : RedisRateLimiterOptions
{
    /// <summary>A window begins with the first request after the last one ended.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.Zero;

    /// <summary>Permits per window.</summary>
    public int PermitLimit { get; set; }

    internal long RequireWindow() => RequireDuration(Window, nameof(Window));

    internal int RequireLimit() => RequirePositive(PermitLimit, nameof(PermitLimit));
}
