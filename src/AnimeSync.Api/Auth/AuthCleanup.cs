using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Auth.SignIn;
using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Auth;

/// <summary>Removes what has run out: sign-ins never finished, codes, sessions past their life, old endings.</summary>
internal sealed partial class AuthCleanup(
    IServiceScopeFactory scopes,
    AuthOptions options,
    TimeProvider clock,
    ILogger<AuthCleanup> logger
) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    // A used code is remembered well past its life, so that a late replay still ends what it issued.
    private static readonly TimeSpan _codesKept = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(
            _interval,
            clock,
            CleanAsync,
            failure => Log.Failed(logger, failure.GetType().Name),
            stoppingToken
        );

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        var now = await db.NowAsync(cancellationToken);

        var signIns = now - SignInService.Patience;
        await db.PendingSignIns.Where(row => row.CreatedAt < signIns).ExecuteDeleteAsync(cancellationToken);
        var codes = now - _codesKept;
        await db.AuthorizationCodes.Where(row => row.CreatedAt < codes).ExecuteDeleteAsync(cancellationToken);
        var endings = now - EndedSessions.Kept;
        await db.EndedSessions.Where(row => row.EndedAt < endings).ExecuteDeleteAsync(cancellationToken);

        // An access token may outlive its session's idle limit, never by more than its own life; these are all dead.
        var spa = now - options.IdleSpa - AuthOptions.LongestAccessToken;
        var mobile = now - options.IdleMobile - AuthOptions.LongestAccessToken;
        var absolute = now - options.Absolute - AuthOptions.LongestAccessToken;
        await db
            .Sessions.Where(row =>
                row.CreatedAt < absolute || row.LastUsedAt < (row.ClientId == Client.Spa ? spa : mobile)
            )
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Cleaning up after sign-ins failed with {Error}.")]
        public static partial void Failed(ILogger logger, string error);
    }
}
