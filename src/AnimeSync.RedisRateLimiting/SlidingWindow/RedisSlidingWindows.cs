using System.Threading.RateLimiting;
using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>Several sliding windows of one request, asked with one question.</summary>
public static class RedisSlidingWindows
{
    /// <summary>
    /// All of them grant, or none takes anything: a lease that is acquired beside one that is not has counted nothing.
    /// They count together with limiters of <see cref="RedisSlidingWindowRateLimiter{TKey}"/> for the same partitions.
    /// </summary>
    /// <returns>A lease for each window; null when Redis did not answer, and every process counts for itself.</returns>
    public static async ValueTask<IReadOnlyList<RateLimitLease>?> TryAcquireAsync(
        RedisCircuit circuit,
        IReadOnlyList<RedisSlidingWindow> windows,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(windows);
        if (circuit.IsResting)
        {
            return null;
        }

        var keys = new RedisKey[windows.Count];
        var arguments = new RedisValue[4 * windows.Count];
        for (var index = 0; index < windows.Count; index++)
        {
            var (partition, permits, limit, span) = windows[index];
            ArgumentOutOfRangeException.ThrowIfGreaterThan(permits, limit, nameof(windows));
            var microseconds = span.Ticks / TimeSpan.TicksPerMicrosecond;
            keys[index] = RedisRateLimitPartition.GetSlidingWindowKey(partition);
            arguments[4 * index] = permits;
            arguments[4 * index + 1] = limit;
            arguments[4 * index + 2] = microseconds;
            arguments[4 * index + 3] = SlidingWindowScript.StepOf(limit, microseconds);
        }

        if (
            await circuit.AskAsync(SlidingWindowScript.Instance, keys, arguments, cancellationToken) is not { } verdicts
        )
        {
            return null;
        }

        var leases = new RateLimitLease[verdicts.Length];
        for (var index = 0; index < leases.Length; index++)
        {
            leases[index] = new RedisRateLimitLease(verdicts[index], windows[index].Limit);
        }

        return leases;
    }
}

/// <param name="Permits">0 to <paramref name="Limit"/>.</param>
/// <param name="Limit">Permits within any span of this length.</param>
public readonly record struct RedisSlidingWindow(string PartitionKey, int Permits, int Limit, TimeSpan Window);
