using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>
/// Any span as long as the window holds at most <c>PermitLimit</c> permits, over all processes: there is no edge
/// to burst at. Above <see cref="MostEntries"/> permits the log is kept in steps of a thousandth of the window, so
/// that it stays bounded; a permit then comes back up to one step later, never earlier.
/// </summary>
public sealed class RedisSlidingWindowRateLimiter<TKey> : RedisRateLimiter<TKey>
{
    private const int MostEntries = 1000;

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

    private long Step => _limit <= MostEntries ? 1 : Math.Max(1, _window / MostEntries);

    private protected override RedisScript Script => SlidingWindowScript.Instance;

    private protected override RedisValue[] Arguments(int permits) => [permits, _limit, _window, Step];

    private protected override LocalCounter CreateLocalCounter() =>
        new LocalSlidingWindow(Math.Max(1, _limit / _processes), _window, Step);
}

internal static class SlidingWindowScript
{
    // A list of "time sum": when permits were taken, and how many had been taken by then since the list began.
    // The first entry is the newest that has left the window, so a difference of sums is what the window holds.
    public static readonly RedisScript Instance = new(
        """
        local limit = tonumber(ARGV[2])
        local window = tonumber(ARGV[3])
        local step = tonumber(ARGV[4])
        local function entry(index)
          local taken, sum = string.match(read('LINDEX', key, index) or '', '^(%d+) (%d+)$')
          return tonumber(taken), tonumber(sum)
        end

        local last, total = entry(-1)
        local _, base = entry(0)
        if not last or not base or last + window <= now or last > now + window then
          -- Empty, or all of it has left, or it is damaged or written by another clock.
          -- Deleting what is not there would already count as a write, after which Redis no longer refuses when full.
          if redis.call('EXISTS', key) == 1 then redis.call('DEL', key) end
          last, total, base = 0, 0, 0
        else
          local taken, sum = entry(1)
          while taken and taken + window <= now do
            redis.call('LPOP', key)
            base = sum
            taken, sum = entry(1)
          end
        end

        local used = total - base
        local missing = used + math.max(permits, 1) - limit
        local allowed = missing <= 0
        local retry = 0
        if allowed and permits > 0 then
          local taken = math.max(last, math.ceil(now / step) * step)
          if total == 0 then redis.call('RPUSH', key, '0 0') end
          total = total + permits
          used = used + permits
          local value = string.format('%.0f %.0f', taken, total)
          if taken == last then redis.call('LSET', key, -1, value) else redis.call('RPUSH', key, value) end
          last = taken
          redis.call('PEXPIRE', key, expiry(last + window - now))
        elseif not allowed then
          -- The first entry whose leaving, with all before it, makes room.
          local low, high = 1, redis.call('LLEN', key) - 1
          while low < high do
            local middle = math.floor((low + high) / 2)
            local _, sum = entry(middle)
            if sum - base >= missing then high = middle else low = middle + 1 end
          end
          retry = entry(low) + window - now
        end
        return { allowed and 1 or 0, math.max(0, limit - used), retry, used > 0 and last + window - now or 0, now }
        """
    );
}
