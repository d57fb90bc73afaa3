using System.Threading.RateLimiting;
using StackExchange.Redis;

namespace RedisRateLimiting.Tests.Infrastructure;

public enum Kind
{
    Fixed,
    Sliding,
    Bucket,
}

internal static class Limiters
{
    /// <summary>A limiter of each kind that grants `limit` permits and gives them back after the window.</summary>
    public static RateLimiter Create(
        Kind kind,
        string key,
        RedisCircuit circuit,
        int limit,
        TimeSpan window,
        int processes = 1
    ) =>
        kind switch
        {
            Kind.Fixed => new RedisFixedWindowRateLimiter<string>(
                key,
                new()
                {
                    Circuit = circuit,
                    PermitLimit = limit,
                    Window = window,
                    Processes = processes,
                }
            ),
            Kind.Sliding => new RedisSlidingWindowRateLimiter<string>(
                key,
                new()
                {
                    Circuit = circuit,
                    PermitLimit = limit,
                    Window = window,
                    Processes = processes,
                }
            ),
            _ => new RedisTokenBucketRateLimiter<string>(
                key,
                new()
                {
                    Circuit = circuit,
                    TokenLimit = limit,
                    TokensPerPeriod = limit,
                    ReplenishmentPeriod = window,
                    Processes = processes,
                }
            ),
        };

    public static Task<RateLimitLease> TakeAsync(this RateLimiter limiter, int permits = 1) =>
        limiter.AcquireAsync(permits, TestContext.Current.CancellationToken).AsTask();

    public static string NewKey() => $"test:{Guid.NewGuid():n}";

    public static string RedisKeyOf(Kind kind, string key) =>
        kind switch
        {
            Kind.Fixed => $"rl:fw:{{{key}}}",
            Kind.Sliding => $"rl:sw:{{{key}}}",
            _ => $"rl:tb:{{{key}}}",
        };

    public static Verdict VerdictOf(RateLimitLease lease) => Assert.IsType<RedisRateLimitLease>(lease).Verdict;

    /// <summary>Patient: what is tested with it is the counting, and the machine may be busy.</summary>
    public static RedisCircuit Patient(IConnectionMultiplexer connection) =>
        new(() => Task.FromResult(connection), TimeProvider.System) { Cap = TimeSpan.FromSeconds(30) };

    public static ConfigurationOptions Configuration(string address) =>
        new()
        {
            EndPoints = { address },
            AbortOnConnectFail = false,
            AllowAdmin = true,
            ConnectTimeout = 1000,
            AsyncTimeout = 1000,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(1000),
            ConfigCheckSeconds = 2,
            KeepAlive = 1,
        };
}
