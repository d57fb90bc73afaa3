using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Data;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>Ends a session by whichever of its tokens is at hand; an expired access token still names its session.</summary>
internal sealed class SignOutService(
    AnimeSyncDbContext db,
    SessionService sessions,
    IOptionsMonitor<JwtBearerOptions> bearer
)
{
    public async Task ByTokenAsync(string token, string clientId, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is { } session && session.ClientId == clientId)
        {
            await sessions.EndAsync(session.UserId, session.Id, cancellationToken);
        }
    }

    public async Task<Session?> FindAsync(string token, CancellationToken cancellationToken) =>
        AccessTokenFormat.IsWellFormed(token)
            ? await FindByAccessTokenAsync(token, cancellationToken)
            : await sessions.FindByRefreshTokenAsync(token, cancellationToken);

    private async Task<Session?> FindByAccessTokenAsync(string token, CancellationToken cancellationToken)
    {
        var parameters = bearer.Get(JwtBearerDefaults.AuthenticationScheme).TokenValidationParameters.Clone();
        parameters.LifetimeValidator = null;
        parameters.ValidateLifetime = false;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, parameters);
        return
            result.IsValid
            && AccessTokenFormat.ReadClaims(((JsonWebToken)result.SecurityToken).EncodedPayload) is { } claims
            ? await db.Sessions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == claims.Sid, cancellationToken)
            : null;
    }
}
