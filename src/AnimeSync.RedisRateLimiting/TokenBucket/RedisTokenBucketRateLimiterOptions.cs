namespace RedisRateLimiting;

public sealed class RedisTokenBucketRateLimiterOptions : RedisRateLimiterOptions
{
    /// <summary>How often tokens come; counted from the moment the bucket stopped being full.</summary>
    public TimeSpan ReplenishmentPeriod { get; set; } = TimeSpan.Zero;

    /// <summary>How many tokens come then.</summary>
    public int TokensPerPeriod { get; set; }

    /// <summary>How many tokens a full bucket holds.</summary>
    public int TokenLimit { get; set; }

    internal long RequirePeriod() => RequireDuration(ReplenishmentPeriod, nameof(ReplenishmentPeriod));

    internal int RequireTokensPerPeriod() => RequirePositive(TokensPerPeriod, nameof(TokensPerPeriod));

    internal int RequireLimit() => RequirePositive(TokenLimit, nameof(TokenLimit));
}
