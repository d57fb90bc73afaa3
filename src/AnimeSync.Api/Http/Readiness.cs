using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AnimeSync.Api.Http;

/// <summary>One round of checks at a time, shared by all who ask: an anonymous route must not multiply queries.</summary>
internal sealed class Readiness(HealthCheckService checks, TimeProvider clock)
{
    private static readonly TimeSpan _freshness = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task<HealthReport>? _round;
    private long _startedAt;

    public Task<HealthReport> CheckAsync()
    {
        lock (_lock)
        {
            if (_round is null || (_round.IsCompleted && clock.GetElapsedTime(_startedAt) > _freshness))
            {
                _startedAt = clock.GetTimestamp();
                _round = Task.Run(() => checks.CheckHealthAsync(CancellationToken.None));
            }

            return _round;
        }
    }
}
