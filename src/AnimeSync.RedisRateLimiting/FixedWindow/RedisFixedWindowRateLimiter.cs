using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>
/// At most <c>PermitLimit</c> permits per window, over all processes. Two windows that touch can hold twice the limit
/// in less than one window's time; where that matters, take the sliding window.
/// </summary>
public sealed class RedisFixedWindowRateLimiter<TKey> : RedisRateLimiter<TKey>
{
    private readonly int _limit;
    private readonly int _processes;
    private readonly long _window;

    public RedisFixedWindowRateLimiter(TKey partitionKey, RedisFixedWindowRateLimiterOptions options)
        : base(partitionKey, options ?? throw new ArgumentNullException(nameof(options)), "fw", options.RequireLimit())
    {
        _limit = options.PermitLimit;
        _processes = options.RequireProcesses();
        _window = options.RequireWindow();
    }

    private protected override RedisScript Script => FixedWindowScript.Instance;

    private protected override RedisValue[] Arguments(int permits) => [permits, _limit, _window];

    private protected override LocalCounter CreateLocalCounter() =>
        new LocalFixedWindow(Math.Max(1, _limit / _processes), _window);
}

internal static class FixedWindowScript
{
    // The value is "end used". A window that ends later than a whole window from now was written by another clock.
    public static readonly RedisScript Instance = new(
        """
        local limit = tonumber(ARGV[2])
        local window = tonumber(ARGV[3])
        local ends, used = string.match(read('GET', key) or '', '^(%d+) (%d+)$')
        ends, used = tonumber(ends), tonumber(used)
        if not ends or ends <= now or ends > now + window then
          ends, used = now + window, 0
        end
        local allowed = used + math.max(permits, 1) <= limit
        if allowed and permits > 0 then
          used = used + permits
          redis.call('SET', key, string.format('%.0f %.0f', ends, used), 'PX', expiry(ends - now))
        end
        local left = ends - now
        return { allowed and 1 or 0, math.max(0, limit - used), allowed and 0 or left, used > 0 and left or 0, now }
        """
    );
}
