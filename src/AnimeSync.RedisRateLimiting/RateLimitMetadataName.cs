using System.Threading.RateLimiting;

namespace RedisRateLimiting;

/// <summary>What a lease tells about its limit. On a refusal the framework's own RetryAfter is there as well.</summary>
public static class RateLimitMetadataName
{
    /// <summary>Seconds until the same request is allowed; at least 1; only on a refusal.</summary>
    public static MetadataName<int> RetryAfter { get; } = MetadataName.Create<int>("RATELIMIT_RETRYAFTER");

    /// <summary>The permits of a full window or bucket; the local share while Redis is away.</summary>
    public static MetadataName<string> Limit { get; } = MetadataName.Create<string>("RATELIMIT_LIMIT");

    /// <summary>Permits left.</summary>
    public static MetadataName<long> Remaining { get; } = MetadataName.Create<long>("RATELIMIT_REMAINING");

    /// <summary>Seconds from now until all permits are back.</summary>
    public static MetadataName<long> Reset { get; } = MetadataName.Create<long>("RATELIMIT_RESET");
}
