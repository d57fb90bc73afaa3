namespace RedisRateLimiting;

internal sealed class LocalSlidingWindow(int limit, long window, long step) : LocalCounter(limit)
{
    private readonly Queue<(long Taken, int Permits)> _log = new();
    private (long Taken, int Permits) _last;
    private long _used;

    protected override Verdict Count(int permits, long now)
    {
        ForgetWhatLeft(now);

        var missing = _used + Math.Max(permits, 1) - Limit;
        if (missing > 0)
        {
            return new(false, Limit - _used, LeavesAt(missing) + window - now, Reset(now), now);
        }

        if (permits > 0)
        {
            Add(Math.Max(_last.Taken, (now + step - 1) / step * step), permits);
        }

        return new(true, Limit - _used, 0, Reset(now), now);
    }

    private void ForgetWhatLeft(long now)
    {
        if (_last.Taken + window <= now || _last.Taken > now + window)
        {
            _log.Clear();
            (_last, _used) = (default, 0);
            return;
        }

        while (_log.TryPeek(out var oldest) && oldest.Taken + window <= now)
        {
            _used -= _log.Dequeue().Permits;
        }
    }

    // The newest entry stays outside the queue, so that permits of the same step can join it.
    private void Add(long taken, int permits)
    {
        if (taken != _last.Taken && _last.Permits > 0)
        {
            _log.Enqueue(_last);
            _last = default;
        }

        _last = (taken, _last.Permits + permits);
        _used += permits;
    }

    private long LeavesAt(long missing)
    {
        foreach (var (taken, permits) in _log)
        {
            missing -= permits;
            if (missing <= 0)
            {
                return taken;
            }
        }

        return _last.Taken;
    }

    private long Reset(long now) => _used > 0 ? _last.Taken + window - now : 0;
}
