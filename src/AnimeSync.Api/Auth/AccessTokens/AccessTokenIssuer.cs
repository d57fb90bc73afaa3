using System.Security.Cryptography;
using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>Issues HS256 access tokens that die with their session's absolute life at the latest.</summary>
internal sealed class AccessTokenIssuer(
    SigningKeys keys,
    AuthOptions options,
    ServiceOptions service,
    SharedClock clock
)
{
    public const string Audience = "animesync";

    private static readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(keys.Current, SecurityAlgorithms.HmacSha256);

    public IssuedAccessToken Issue(Session session)
    {
        var now = clock.GetUtcNow();
        var end = now + options.AccessTokenLifetime;
        var sessionEnd = session.CreatedAt + options.Absolute;
        var expires = end < sessionEnd ? end : sessionEnd;
        var token = _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = AccessTokenFormat.Type,
                Issuer = service.PublicUrl,
                Audience = Audience,
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = expires.UtcDateTime,
                SigningCredentials = _credentials,
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = session.UserId.ToString(),
                    ["sid"] = session.Id.ToString(),
                    ["client_id"] = session.ClientId,
                    ["jti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
                    ["ctr"] = session.Counter,
                },
            }
        );
        return new(token, expires - now);
    }
}

internal sealed record IssuedAccessToken(string Value, TimeSpan ExpiresIn);
