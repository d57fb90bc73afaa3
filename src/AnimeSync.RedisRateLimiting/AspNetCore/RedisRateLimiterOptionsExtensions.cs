using Microsoft.AspNetCore.RateLimiting;

namespace RedisRateLimiting.AspNetCore;

/// <summary>Named policies with one bucket for everybody; per-caller limits take a partition of their own.</summary>
public static class RedisRateLimiterOptionsExtensions
{
    public static RateLimiterOptions AddRedisFixedWindowLimiter(
        this RateLimiterOptions options,
        string policyName,
        Action<RedisFixedWindowRateLimiterOptions> configureOptions
    )
    {
        var limit = Configured(options, configureOptions);
        return options.AddPolicy(
            policyName,
            _ => RedisRateLimitPartition.GetFixedWindowRateLimiter(policyName, _ => limit)
        );
    }

    public static RateLimiterOptions AddRedisSlidingWindowLimiter(
        this RateLimiterOptions options,
        string policyName,
        Action<RedisSlidingWindowRateLimiterOptions> configureOptions
    )
    {
        var limit = Configured(options, configureOptions);
        return options.AddPolicy(
            policyName,
            _ => RedisRateLimitPartition.GetSlidingWindowRateLimiter(policyName, _ => limit)
        );
    }

    public static RateLimiterOptions AddRedisTokenBucketLimiter(
        this RateLimiterOptions options,
        string policyName,
        Action<RedisTokenBucketRateLimiterOptions> configureOptions
    )
    {
        var limit = Configured(options, configureOptions);
        return options.AddPolicy(
            policyName,
            _ => RedisRateLimitPartition.GetTokenBucketRateLimiter(policyName, _ => limit)
        );
    }

    private static TOptions Configured<TOptions>(RateLimiterOptions options, Action<TOptions> configure)
        where TOptions : new()
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        var configured = new TOptions();
        configure(configured);
        return configured;
    }
}
