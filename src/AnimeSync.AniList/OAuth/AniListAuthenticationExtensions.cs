using AspNet.Security.OAuth.AniList;
using Microsoft.AspNetCore.Authentication;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds AniList sign-in to an application.</summary>
public static class AniListAuthenticationExtensions
{
    public static AuthenticationBuilder AddAniList(this AuthenticationBuilder builder) => builder.AddAniList(_ => { });

    public static AuthenticationBuilder AddAniList(
        this AuthenticationBuilder builder,
        Action<AniListAuthenticationOptions> configuration
    ) => builder.AddAniList(AniListAuthenticationDefaults.AuthenticationScheme, configuration);

    public static AuthenticationBuilder AddAniList(
        this AuthenticationBuilder builder,
        string scheme,
        Action<AniListAuthenticationOptions> configuration
    ) => builder.AddAniList(scheme, AniListAuthenticationDefaults.DisplayName, configuration);

    public static AuthenticationBuilder AddAniList(
        this AuthenticationBuilder builder,
        string scheme,
        string? caption,
        Action<AniListAuthenticationOptions> configuration
    ) =>
        builder.AddOAuth<AniListAuthenticationOptions, AniListAuthenticationHandler>(
            scheme,
            caption ?? AniListAuthenticationDefaults.DisplayName,
            configuration
        );
}
