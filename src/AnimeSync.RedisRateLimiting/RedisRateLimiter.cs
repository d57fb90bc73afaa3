using System.Threading.RateLimiting;
using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>Asks Redis; while Redis does not answer, counts this process's share of the limit in memory.</summary>
public abstract class RedisRateLimiter<TKey> : RateLimiter
{
    private readonly RedisCircuit _circuit;
    private readonly RedisKey[] _key;
    private readonly int _limit;
    private LocalCounter? _local;
    private int _active;
    private long _lastUsed;
    private long _localUntil;

    /// <param name="family">The algorithm's part of the key's name.</param>
    private protected RedisRateLimiter(TKey partitionKey, RedisRateLimiterOptions options, string family, int limit)
    {
        _circuit = options.RequireCircuit();
        _key = [RedisRateLimitPartition.KeyOf(family, partitionKey)];
        _limit = limit;
        _lastUsed = _circuit.Now;
    }

    /// <summary>Null while a call is under way or local permits are still out: a new limiter would forget them.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            var now = _circuit.Now;
            return Volatile.Read(ref _active) > 0 || now < Volatile.Read(ref _localUntil)
                ? null
                : TimeSpan.FromMicroseconds(Math.Max(0, now - Volatile.Read(ref _lastUsed)));
        }
    }

    /// <summary>Null: the numbers are in Redis, and each lease carries them.</summary>
    public override RateLimiterStatistics? GetStatistics() => null;

    private protected abstract RedisScript Script { get; }

    private protected abstract RedisValue[] Arguments(int permits);

    private protected abstract LocalCounter CreateLocalCounter();

    /// <summary>Grants nothing while Redis has to be asked, which cannot be done without waiting; await instead.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        RequirePossible(permitCount);
        return _circuit.IsResting ? AcquireLocally(permitCount) : new RedisRateLimitLease(default, _limit);
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount,
        CancellationToken cancellationToken
    )
    {
        RequirePossible(permitCount);
        Interlocked.Increment(ref _active);
        try
        {
            var verdicts = await _circuit.AskAsync(Script, _key, Arguments(permitCount), cancellationToken);
            return verdicts is [var verdict] ? new RedisRateLimitLease(verdict, _limit) : AcquireLocally(permitCount);
        }
        finally
        {
            Volatile.Write(ref _lastUsed, _circuit.Now);
            Interlocked.Decrement(ref _active);
        }
    }

    private RedisRateLimitLease AcquireLocally(int permits)
    {
        var counter = LazyInitializer.EnsureInitialized(ref _local, CreateLocalCounter);
        var now = _circuit.Now;
        var verdict = counter.Take(permits, now);
        Volatile.Write(ref _localUntil, now + verdict.Reset);
        Volatile.Write(ref _lastUsed, now);
        return new(verdict, counter.Limit);
    }

    private void RequirePossible(int permits) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permits, _limit, nameof(permits));
}
