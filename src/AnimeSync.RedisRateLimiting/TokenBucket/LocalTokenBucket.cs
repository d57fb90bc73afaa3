namespace RedisRateLimiting;

internal sealed class LocalTokenBucket(int limit, int perPeriod, long period) : LocalCounter(limit)
{
    private long _tokens = limit;
    private long _since;

    protected override Verdict Count(int permits, long now)
    {
        if (_since <= now)
        {
            var periods = (now - _since) / period;
            // Before the multiplication could overflow the bucket has long been full.
            _tokens = periods > Limit ? Limit : Math.Min(Limit, _tokens + periods * perPeriod);
            _since += periods * period;
        }

        if (_tokens >= Limit || _since > now + period)
        {
            (_tokens, _since) = (Limit, now);
        }

        var allowed = _tokens >= Math.Max(permits, 1);
        _tokens -= allowed ? permits : 0;
        return new(allowed, _tokens, allowed ? 0 : Comes(Math.Max(permits, 1), now), Comes(Limit, now), now);
    }

    private long Comes(long wanted, long now) =>
        wanted <= _tokens ? 0 : _since + (wanted - _tokens + perPeriod - 1) / perPeriod * period - now;
}
