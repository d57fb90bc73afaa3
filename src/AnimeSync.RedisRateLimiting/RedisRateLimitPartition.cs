using System.Threading.RateLimiting;

namespace RedisRateLimiting;

/// <summary>Partitions whose limiters count in Redis, for <see cref="PartitionedRateLimiter"/> and policies.</summary>
public static class RedisRateLimitPartition
{
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
