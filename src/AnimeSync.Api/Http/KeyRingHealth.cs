using System.Data.Common;
using AnimeSync.Api.Data.Keys;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AnimeSync.Api.Http;

/// <summary>A process whose key ring no longer opens can neither use nor store an AniList token.</summary>
internal sealed class KeyRingHealth(KeyRingState keyRing) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await keyRing.IsOpenAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy();
        }
        catch (Exception exception)
            when (Failures.IsDatabaseOutage(exception) || exception is DbException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
