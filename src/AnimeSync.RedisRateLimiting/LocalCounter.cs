namespace RedisRateLimiting;

/// <summary>Counts in this process exactly as the script of the same kind counts in Redis.</summary>
internal abstract class LocalCounter(int limit)
{
    private readonly Lock _lock = new();

    public int Limit => limit;

    /// <param name="permits">A request larger than the limit needs the whole of it: a share must not starve it.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public Verdict Take(int permits, long now)
    {
        lock (_lock)
        {
            return Count(Math.Min(permits, limit), now);
        }
    }

    protected abstract Verdict Count(int permits, long now);
}
