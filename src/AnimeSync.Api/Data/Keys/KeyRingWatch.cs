using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data.Keys;

/// <summary>Within seconds, every replica can read what another wrote under a new ring key.</summary>
internal sealed partial class KeyRingWatch(
    IServiceScopeFactory scopes,
    RingKeyManager keys,
    IKeyRingProvider ring,
    TimeProvider clock,
    ILogger<KeyRingWatch> logger
) : BackgroundService
{
    /// <summary>How often the table is looked at; a rotation waits several of these before it uses a new key.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan _reload = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private (int Count, int NewestId) _seen;

    /// <summary>Looks at the table, and returns once this process uses the ring that is in it.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var current = await ReadAsync(cancellationToken);
            if (current != _seen)
            {
                await ReloadAsync(cancellationToken);
                _seen = current;
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(
            Interval,
            clock,
            CatchUpAsync,
            // The ring in memory stays good; readiness tells about the database.
            failure => Log.CannotRead(logger, failure.GetType().Name),
            stoppingToken
        );

    private async Task<(int Count, int NewestId)> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>().DataProtectionKeys;
        var current = await rows.GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), NewestId = all.Max(row => row.Id) })
            .SingleOrDefaultAsync(cancellationToken);
        return (current?.Count ?? 0, current?.NewestId ?? 0);
    }

    // The framework answers with the old ring until a background read is done, so its answer has to be watched.
    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var old = ring.GetCurrentKeyRing();
        keys.Expire();
        var start = clock.GetTimestamp();
        while (ReferenceEquals(ring.GetCurrentKeyRing(), old) && clock.GetElapsedTime(start) < _reload)
        {
            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The key ring's table could not be read ({Fault}); the last ring stays in use."
        )]
        public static partial void CannotRead(ILogger logger, string fault);
    }
}
