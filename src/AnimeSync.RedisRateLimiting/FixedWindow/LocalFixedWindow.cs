namespace RedisRateLimiting;

internal sealed class LocalFixedWindow(int limit, long window) : LocalCounter(limit)
{
    private long _ends;
    private long _used;

    protected override Verdict Count(int permits, long now)
    {
        var isOver = _ends <= now || _ends > now + window;
        var (ends, used) = isOver ? (now + window, 0) : (_ends, _used);

        var allowed = used + Math.Max(permits, 1) <= Limit;
        if (allowed && permits > 0)
        {
            used += permits;
            (_ends, _used) = (ends, used);
        }

        return new(allowed, Limit - used, allowed ? 0 : ends - now, used > 0 ? ends - now : 0, now);
    }
}
