using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace RedisRateLimiting.AspNetCore;

public static class RateLimitMetadata
{
    /// <summary>Answers 429 with what the lease tells, for <c>RateLimiterOptions.OnRejected</c>.</summary>
    public static Func<HttpContext, RateLimitLease, CancellationToken, ValueTask> OnRejected { get; } =
        static (context, lease, _) =>
        {
            var response = context.Response;
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            if (lease.TryGetMetadata(RateLimitMetadataName.Limit, out var limit))
            {
                response.Headers[RateLimitHeaders.Limit] = limit;
            }

            if (lease.TryGetMetadata(RateLimitMetadataName.Remaining, out var remaining))
            {
                response.Headers[RateLimitHeaders.Remaining] = remaining.ToString(CultureInfo.InvariantCulture);
            }

            if (lease.TryGetMetadata(RateLimitMetadataName.Reset, out var reset))
            {
                response.Headers[RateLimitHeaders.Reset] = reset.ToString(CultureInfo.InvariantCulture);
            }

            if (lease.TryGetMetadata(RateLimitMetadataName.RetryAfter, out var retryAfter))
            {
                response.Headers[RateLimitHeaders.RetryAfter] = retryAfter.ToString(CultureInfo.InvariantCulture);
            }

            return ValueTask.CompletedTask;
        };
}
