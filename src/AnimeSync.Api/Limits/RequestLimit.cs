using System.Globalization;
using System.Threading.RateLimiting;
using RedisRateLimiting;

namespace AnimeSync.Api.Limits;

/// <summary>One named limit: at most its quota in any 60 seconds, for each key.</summary>
internal sealed class RequestLimit : IAsyncDisposable
{
    public const int WindowSeconds = 60;

    private static readonly TimeSpan _window = TimeSpan.FromSeconds(WindowSeconds);

    private readonly PartitionedRateLimiter<string> _limiter;

    public RequestLimit(string name, int quota, RedisCircuit circuit, int processes)
    {
        (Name, Quota) = (name, quota);
        Policy = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota};w={WindowSeconds}");
        Item = $"\"{name}\";r=";
        var options = new RedisSlidingWindowRateLimiterOptions
        {
            Circuit = circuit,
            PermitLimit = quota,
            Window = _window,
            Processes = processes,
        };
        _limiter = PartitionedRateLimiter.Create<string, string>(key =>
            RedisRateLimitPartition.GetSlidingWindowRateLimiter(key, _ => options)
        );
    }

    public string Name { get; }

    public int Quota { get; }

    /// <summary>Its item of the RateLimit-Policy field.</summary>
    public string Policy { get; }

    /// <summary>How its item of the RateLimit field begins.</summary>
    public string Item { get; }

    public async ValueTask<LimitVerdict> AcquireAsync(LimitRequest request, CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(PartitionOf(request.Key), request.Permits, cancellationToken);
        return Read(lease);
    }

    /// <summary>The same, for a question about several limits.</summary>
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

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}

/// <summary>What one limit said to one request.</summary>
/// <param name="Seconds">After a grant: until the whole quota is back. After a refusal: until the same is granted.</param>
internal readonly record struct LimitVerdict(RequestLimit Limit, bool IsGranted, long Remaining, int Seconds);
