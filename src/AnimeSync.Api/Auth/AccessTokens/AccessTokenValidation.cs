using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>Narrows the bearer handler to the one kind of token this service issues.</summary>
internal sealed class AccessTokenValidation(SigningKeys keys, ServiceOptions service, SharedClock clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly TimeSpan _clockSkew = TimeSpan.FromSeconds(15);

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.EventsType = typeof(AccessTokenEvents);
        options.MapInboundClaims = false;
        options.IncludeErrorDetails = false;
        options.RequireHttpsMetadata = false; // there is no metadata: the keys are ours
        options.TokenValidationParameters = new()
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidTypes = [AccessTokenFormat.Type],
            IssuerSigningKeys = keys.All,
            TryAllIssuerSigningKeys = false,
            ValidIssuer = service.PublicUrl,
            ValidAudience = AccessTokenIssuer.Audience,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = IsAlive,
        };
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters _)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (expires is not null && expires + _clockSkew <= now)
        {
            throw new SecurityTokenExpiredException();
        }

        return expires is not null && notBefore is not null && notBefore - _clockSkew <= now;
    }
}
