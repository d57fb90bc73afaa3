using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Auth;

/// <summary>How long tokens and sessions live, the keys that sign, and the clients that may ask.</summary>
/// <param name="IdleSpa">A browser's session ends after this long without a refresh.</param>
/// <param name="IdleMobile">A device's session ends after this long without a refresh.</param>
/// <param name="Absolute">No session outlives this, however active.</param>
internal sealed record AuthOptions(
    SigningSecrets Secrets,
    TimeSpan AccessTokenLifetime,
    TimeSpan IdleSpa,
    TimeSpan IdleMobile,
    TimeSpan Absolute,
    IReadOnlyList<Client> Clients
)
{
    // A revoked session's access tokens are remembered for this long, so none may live longer in Production.
    public static readonly TimeSpan LongestAccessToken = TimeSpan.FromMinutes(60);

    public static AuthOptions Read(Settings settings) =>
        new(
            SigningSecrets.Read(settings),
            TimeSpan.FromMinutes(
                settings.Number("ACCESS_TOKEN_EXPIRE_MINUTES", 15, 1, (int)LongestAccessToken.TotalMinutes)
            ),
            TimeSpan.FromMinutes(settings.Number("SESSION_IDLE_MINUTES_SPA", 30, 1, 60 * 24 * 30)),
            TimeSpan.FromDays(settings.Number("SESSION_IDLE_DAYS_MOBILE", 30, 1, 365)),
            TimeSpan.FromDays(settings.Number("SESSION_ABSOLUTE_DAYS", 90, 1, 365)),
            Client.ReadAll(settings)
        );

    public TimeSpan IdleFor(string clientId) => clientId == Client.Spa ? IdleSpa : IdleMobile;
}
