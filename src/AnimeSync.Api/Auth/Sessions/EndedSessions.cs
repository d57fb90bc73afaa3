using System.Collections.Concurrent;
using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Auth.Sessions;

/// <summary>
/// Knows within a second which sessions have ended on any replica, by one indexed query every half second, and
/// says so when it no longer knows. The same poll keeps the shared clock true.
/// </summary>
internal sealed partial class EndedSessions(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    SharedClock sharedClock,
    ILogger<EndedSessions> logger
) : BackgroundService
{
    /// <summary>An entry is needed until the longest-lived access token, with clock skew, is dead.</summary>
    public static readonly TimeSpan Kept = AuthOptions.LongestAccessToken + TimeSpan.FromMinutes(2);

    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _staleAfter = TimeSpan.FromSeconds(5);

    // A row's time is taken before its transaction commits, so a poll looks back this far for late ones.
    private static readonly TimeSpan _overlap = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _ended = new();
    private DateTimeOffset _newest = DateTimeOffset.UnixEpoch + _overlap;
    private long _lastSuccess;

    public bool IsStale => clock.GetElapsedTime(Volatile.Read(ref _lastSuccess)) > _staleAfter;

    public bool Contains(Guid sessionId) => _ended.ContainsKey(sessionId);

    /// <summary>Spares this replica the wait for its own next poll.</summary>
    public void Add(EndedSession ended) => _ended[ended.Id] = ended.EndedAt;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await PollAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(
            _interval,
            clock,
            PollAsync,
            failure => Log.PollFailed(logger, failure.GetType().Name),
            stoppingToken
        );

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        sharedClock.Observe(await db.NowAsync(cancellationToken));
        var since = _newest - _overlap;
        var rows = await db
            .EndedSessions.AsNoTracking()
            .Where(row => row.EndedAt > since)
            .ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            Add(row);
            _newest = row.EndedAt > _newest ? row.EndedAt : _newest;
        }

        Forget(_newest - Kept);
        Volatile.Write(ref _lastSuccess, began);
    }

    private void Forget(DateTimeOffset before)
    {
        foreach (var (id, endedAt) in _ended)
        {
            if (endedAt < before)
            {
                _ended.TryRemove(id, out _);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Reading the ended sessions failed with {Error}.")]
        public static partial void PollFailed(ILogger logger, string error);
    }
}
