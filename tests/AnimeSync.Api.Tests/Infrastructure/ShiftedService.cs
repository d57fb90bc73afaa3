using AnimeSync.AniList.Tests.Gateway.Requests;
using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Auth.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Infrastructure;

/// <summary>A service whose clock can be put forward.</summary>
internal static class ShiftedService
{
    public static void UseShiftedTime(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<TimeProvider>(new ShiftedTime());

    /// <summary>
    /// Returns when the process has noticed that its clock is not the database's, by which tokens go, and has heard from
    /// it again.
    /// </summary>
    public static Task AdvanceAsync(this WebApplication service, TimeSpan by)
    {
        var tokens = service.Services.GetRequiredService<SharedClock>();
        var sessions = service.Services.GetRequiredService<EndedSessions>();
        ((ShiftedTime)service.Services.GetRequiredService<TimeProvider>()).Pass(by);
        return Eventually.BecomesAsync(
            true,
            () =>
                Task.FromResult(
                    !sessions.IsStale && (tokens.GetUtcNow() - TimeProvider.System.GetUtcNow()).Duration() < by / 2
                )
        );
    }
}
