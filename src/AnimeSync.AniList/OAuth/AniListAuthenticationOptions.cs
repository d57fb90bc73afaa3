using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace AspNet.Security.OAuth.AniList;

/// <summary>AniList knows no scopes and documents no PKCE, so neither is sent.</summary>
public class AniListAuthenticationOptions : OAuthOptions
{
    public AniListAuthenticationOptions()
    {
        ClaimsIssuer = AniListAuthenticationDefaults.Issuer;
        CallbackPath = AniListAuthenticationDefaults.CallbackPath;
        AuthorizationEndpoint = AniListAuthenticationDefaults.AuthorizationEndpoint;
        TokenEndpoint = AniListAuthenticationDefaults.TokenEndpoint;
        UserInformationEndpoint = AniListAuthenticationDefaults.UserInformationEndpoint;
        UsePkce = false;
        SaveTokens = true;
        Events = new AniListAuthenticationEvents();

        ClaimActions.MapJsonKey(ClaimTypes.NameIdentifier, "id");
        ClaimActions.MapJsonKey(ClaimTypes.Name, "name");
        ClaimActions.MapJsonSubKey(AniListAuthenticationConstants.Claims.AvatarUrl, "avatar", "large");
    }

    /// <summary>
    /// The redirect URI registered at AniList, which compares exactly; null derives it from the request's host.
    /// </summary>
    public Uri? RedirectUri { get; set; }

    public new AniListAuthenticationEvents Events
    {
        get => (AniListAuthenticationEvents)base.Events;
        set => base.Events = value;
    }
}
