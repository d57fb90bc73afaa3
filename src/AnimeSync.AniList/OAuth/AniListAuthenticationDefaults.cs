namespace AspNet.Security.OAuth.AniList;

/// <summary>Default values for AniList authentication (AniList docs, Authentication).</summary>
public static class AniListAuthenticationDefaults
{
    public const string AuthenticationScheme = "AniList";

    public static readonly string DisplayName = "AniList";

    public static readonly string Issuer = "https://anilist.co";

    public static readonly string CallbackPath = "/signin-anilist";

    public static readonly string AuthorizationEndpoint = "https://anilist.co/api/v2/oauth/authorize";

    public static readonly string TokenEndpoint = "https://anilist.co/api/v2/oauth/token";

    public static readonly string UserInformationEndpoint = "https://graphql.anilist.co";
}
