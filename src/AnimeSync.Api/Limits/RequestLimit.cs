using System.Globalization;
using System.Threading.RateLimiting;
using RedisRateLimiting;

namespace AnimeSync.Api.Limits;

/// <summary>One named limit: at most its quota in any 60 seconds, for each key.</summary>
internal sealed class RequestLimit : IAsyncDisposable
{
    public const int WindowSeconds = 60;

    private static readonly TimeSpan _window = TimeSpan.FromSeconds(WindowSeconds);

    // Of this process alone: whoever counts here has asked Redis already.
    private readonly PartitionedRateLimiter<string> _share;

    public RequestLimit(string name, int quota, int processes, TimeProvider clock)
    {
        (Name, Quota) = (name, quota);
        Policy = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota};w={WindowSeconds}");
        Item = $"\"{name}\";r=";
        var options = new RedisSlidingWindowRateLimiterOptions
        {
            Circuit = RedisCircuit.InProcess(clock),
            PermitLimit = quota,
            Window = _window,
            Processes = processes,
        };
        _share = PartitionedRateLimiter.Create<string, string>(key =>
            RedisRateLimitPartition.GetSlidingWindowRateLimiter(key, _ => options)
        );
    }

    public string Name { get; }

    public int Quota { get; }

    /// <summary>Its item of the RateLimit-Policy field.</summary>
    public string Policy { get; }

    /// <summary>How its item of the RateLimit field begins.</summary>
    public string Item { get; }

    /// <summary>Counts in this process, up to its share of the quota.</summary>
    public async ValueTask<LimitVerdict> AcquireShareAsync(LimitRequest request, CancellationToken cancellationToken)
    {
        using var lease = await _share.AcquireAsync(PartitionOf(request.Key), request.Permits, cancellationToken);
        return Read(lease);
    }

    /// <summary>What Redis is asked for it.</summary>
    public RedisSlidingWindow WindowOf(LimitRequest request) =>
        new(PartitionOf(request.Key), request.Permits, Quota, _window);

    public LimitVerdict Read(RateLimitLease lease)
    {
        lease.TryGetMetadata(RateLimitMetadataName.Remaining, out var remaining);
        if (lease.TryGetMetadata(RateLimitMetadataName.RetryAfter, out var retryAfter))
        {
            return new(this, false, remaining, retryAfter);
        }

        lease.TryGetMetadata(RateLimitMetadataName.Reset, out var reset);
        return new(this, lease.IsAcquired, remaining, (int)Math.Min(reset, WindowSeconds));
    }

    public string RedisKeyOf(string key) => RedisRateLimitPartition.GetSlidingWindowKey(PartitionOf(key));

    private string PartitionOf(string key) => $"{Name}:{key}";

    public ValueTask DisposeAsync() => _share.DisposeAsync();
}

/// <summary>What one limit said to one request.</summary>
/// <param name="Seconds">After a grant: until the whole quota is back. After a refusal: until the same is granted.</param>
internal readonly record struct LimitVerdict(RequestLimit Limit, bool IsGranted, long Remaining, int Seconds);
