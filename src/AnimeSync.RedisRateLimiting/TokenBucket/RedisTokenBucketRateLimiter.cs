using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>
/// A bucket of <c>TokenLimit</c> tokens that fills by <c>TokensPerPeriod</c> each period, over all processes. Any span
/// holds at most the full bucket and what its whole periods brought.
/// </summary>
public sealed class RedisTokenBucketRateLimiter<TKey> : RedisRateLimiter<TKey>
{
    private readonly int _limit;
    private readonly int _processes;
    private readonly int _tokens;
    private readonly long _period;

    public RedisTokenBucketRateLimiter(TKey partitionKey, RedisTokenBucketRateLimiterOptions options)
        : base(partitionKey, options ?? throw new ArgumentNullException(nameof(options)), "tb", options.RequireLimit())
    {
        _limit = options.TokenLimit;
        _processes = options.RequireProcesses();
        _tokens = options.RequireTokensPerPeriod();
        _period = options.RequirePeriod();
    }

    private protected override RedisScript Script => TokenBucketScript.Instance;

    private protected override RedisValue[] Arguments(int permits) => [permits, _limit, _tokens, _period];

    // A share comes in longer periods, not in fewer tokens: a single token cannot be divided.
    private protected override LocalCounter CreateLocalCounter() =>
        new LocalTokenBucket(Math.Max(1, _limit / _processes), _tokens, _period * _processes);
}

internal static class TokenBucketScript
{
    // The value is "tokens since": what the bucket held when its current period began. A full bucket is no key at all.
    public static readonly RedisScript Instance = new(
        """
        local limit = tonumber(ARGV[2])
        local per_period = tonumber(ARGV[3])
        local period = tonumber(ARGV[4])
        local tokens, since = string.match(read('GET', key) or '', '^(%d+) (%d+)$')
        tokens, since = tonumber(tokens), tonumber(since)
        if tokens and since <= now then
          local periods = math.floor((now - since) / period)
          tokens = tokens + periods * per_period
          since = since + periods * period
        end
        if not tokens or tokens >= limit or since > now + period then
          tokens, since = limit, now
        end
        local allowed = tokens >= math.max(permits, 1)
        local function comes(wanted)
          return wanted <= tokens and 0 or since + math.ceil((wanted - tokens) / per_period) * period - now
        end
        if allowed and permits > 0 then
          tokens = tokens - permits
          redis.call('SET', key, string.format('%.0f %.0f', tokens, since), 'PX', expiry(comes(limit)))
        end
        return { allowed and 1 or 0, tokens, allowed and 0 or comes(math.max(permits, 1)), comes(limit), now }
        """
    );
}
