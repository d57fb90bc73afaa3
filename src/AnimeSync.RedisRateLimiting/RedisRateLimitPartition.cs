using System.Threading.RateLimiting;

namespace RedisRateLimiting;

/// <summary>Partitions whose limiters count in Redis, for <see cref="PartitionedRateLimiter"/> and policies.</summary>
public static class RedisRateLimitPartition
{
    internal const string SlidingWindow = "sw";

    /// <summary>The one Redis key that holds a sliding window's permits, for whoever must erase it.</summary>
    public static string GetSlidingWindowKey<TKey>(TKey partitionKey) => KeyOf(SlidingWindow, partitionKey);

    // Braces are Redis Cluster's hash tag: whatever else is kept for this partition lives beside it.
    internal static string KeyOf<TKey>(string family, TKey partitionKey) => $"rl:{family}:{{{partitionKey}}}";

    public static RateLimitPartition<TKey> GetFixedWindowRateLimiter<TKey>(
        TKey partitionKey,
        Func<TKey, RedisFixedWindowRateLimiterOptions> factory
    ) => RateLimitPartition.Get(partitionKey, key => new RedisFixedWindowRateLimiter<TKey>(key, factory(key)));

    public static RateLimitPartition<TKey> GetSlidingWindowRateLimiter<TKey>(
        TKey partitionKey,
        Func<TKey, RedisSlidingWindowRateLimiterOptions> factory
    ) => RateLimitPartition.Get(partitionKey, key => new RedisSlidingWindowRateLimiter<TKey>(key, factory(key)));

    public static RateLimitPartition<TKey> GetTokenBucketRateLimiter<TKey>(
        TKey partitionKey,
        Func<TKey, RedisTokenBucketRateLimiterOptions> factory
    ) => RateLimitPartition.Get(partitionKey, key => new RedisTokenBucketRateLimiter<TKey>(key, factory(key)));
}
