using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>
/// Any span as long as the window holds at most <c>PermitLimit</c> permits, over all processes: there is no edge
/// to burst at. Above <see cref="SlidingWindowScript.MostEntries"/> permits the log is kept in steps of a thousandth of the window, so
/// that it stays bounded; a permit then comes back up to one step later, never earlier.
/// </summary>
public sealed class RedisSlidingWindowRateLimiter<TKey> : RedisRateLimiter<TKey>
{
    private readonly int _limit;
    private readonly int _processes;
    private readonly long _window;

    public RedisSlidingWindowRateLimiter(TKey partitionKey, RedisSlidingWindowRateLimiterOptions options)
        : base(
            partitionKey,
            options ?? throw new ArgumentNullException(nameof(options)),
            RedisRateLimitPartition.SlidingWindow,
            options.RequireLimit()
        )
    {
        _limit = options.PermitLimit;
        _processes = options.RequireProcesses();
        _window = options.RequireWindow();
    }

    private long Step => SlidingWindowScript.StepOf(_limit, _window);

    private protected override RedisScript Script => SlidingWindowScript.Instance;

    private protected override RedisValue[] Arguments(int permits) => [permits, _limit, _window, Step];

    private protected override LocalCounter CreateLocalCounter() =>
        new LocalSlidingWindow(Math.Max(1, _limit / _processes), _window, Step);
}
