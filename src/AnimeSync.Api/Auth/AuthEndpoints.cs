using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Auth.SignIn;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.Auth;

internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapAuthorizationServerMetadata();

        var auth = routes.MapGroup("/auth").WithTags("Auth");
        auth.MapAuthorize();
        // AniList's handler answers every callback before routing's end; the route makes the path known.
        auth.MapGet("/callback", () => Problems.OAuthStateInvalid.ToResult())
            .WithName("Callback")
            .WithSummary("Where AniList sends people back to; ends with a redirect to the client.")
            .AllowAnonymous();
        auth.MapTokens();
        auth.MapLogout();
        auth.MapSessions();
    }
}
