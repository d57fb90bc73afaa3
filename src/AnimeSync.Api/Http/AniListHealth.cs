using AnimeSync.AniList.Gateway;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AnimeSync.Api.Http;

/// <summary>Without AniList the service still answers what it has seen, which is less, but not nothing.</summary>
internal sealed class AniListHealth(AniListBreaker breaker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(
            breaker.State == BreakerState.Closed ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded()
        );
}
