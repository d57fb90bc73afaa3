namespace RedisRateLimiting.Tests.Infrastructure;

/// <summary>What each limiter should answer, told the slow and obvious way: by looking at every grant so far.</summary>
internal abstract class Model(int limit)
{
    protected int Limit => limit;

    public List<(long At, int Permits)> Grants { get; } = [];

    /// <summary>More than the limit is asked as the whole limit.</summary>
    public bool Has(int permits, long now) => Free(now) >= Math.Max(Math.Min(permits, limit), 1);

    /// <summary>What it would answer, without taking anything.</summary>
    public Verdict Peek(int permits, long now)
    {
        var retry = Has(permits, now) ? 0 : Until(Math.Max(Math.Min(permits, limit), 1), now);
        return new(Has(permits, now), Free(now), retry, Until(limit, now), now);
    }

    public Verdict Take(int permits, long now)
    {
        permits = Math.Min(permits, limit);
        var allowed = Free(now) >= Math.Max(permits, 1);
        var retry = allowed ? 0 : Until(Math.Max(permits, 1), now);
        if (allowed && permits > 0)
        {
            Grants.Add((now, permits));
            Granted(permits, now);
        }

        return new(allowed, Free(now), retry, Until(limit, now), now);
    }

    /// <summary>Permits to be had at that moment if nobody asks until then.</summary>
    protected abstract long Free(long moment);

    /// <summary>The moments at which the number of free permits may rise.</summary>
    protected abstract IEnumerable<long> Rises(long now);

    protected virtual void Granted(int permits, long now) { }

    private long Until(int wanted, long now) =>
        Free(now) >= wanted ? 0 : Rises(now).Order().First(moment => moment > now && Free(moment) >= wanted) - now;
}

internal sealed class FixedModel(int limit, long window) : Model(limit)
{
    private long _ends = long.MinValue;

    protected override long Free(long moment) =>
        moment >= _ends ? Limit : Limit - Grants.Where(grant => grant.At >= _ends - window).Sum(grant => grant.Permits);

    protected override IEnumerable<long> Rises(long now) => [_ends];

    protected override void Granted(int permits, long now) => _ends = now >= _ends ? now + window : _ends;
}

internal sealed class SlidingModel(int limit, long window, long step = 1) : Model(limit)
{
    protected override long Free(long moment) =>
        Limit - Grants.Where(grant => Leaves(grant.At) > moment).Sum(grant => grant.Permits);

    protected override IEnumerable<long> Rises(long now) => Grants.Select(grant => Leaves(grant.At));

    private long Leaves(long taken) => (taken + step - 1) / step * step + window;
}

internal sealed class BucketModel(int limit, int perPeriod, long period) : Model(limit)
{
    private long _tokens = limit;
    private long _since;

    protected override long Free(long moment)
    {
        var tokens = _tokens;
        for (var next = _since + period; next <= moment && tokens < Limit; next += period)
        {
            tokens = Math.Min(Limit, tokens + perPeriod);
        }

        return tokens;
    }

    protected override IEnumerable<long> Rises(long now) =>
        Enumerable.Range(1, 10_000).Select(index => _since + index * period);

    protected override void Granted(int permits, long now)
    {
        var before = Free(now);
        _since = before == Limit ? now : _since + (now - _since) / period * period;
        _tokens = before - permits;
    }
}
