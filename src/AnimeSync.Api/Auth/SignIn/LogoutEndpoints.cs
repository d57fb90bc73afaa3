using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Auth.SignIn;

internal static class LogoutEndpoints
{
    public static void MapLogout(this IEndpointRouteBuilder auth) =>
        auth.MapPost("/logout", LogoutAsync)
            .WithName("Logout")
            .WithSummary("Ends the session named by the access token, even an expired one, or by the cookie.")
            .AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> LogoutAsync(
        HttpContext context,
        SignOutService signOut,
        SessionService sessions,
        RefreshCookie cookie,
        CancellationToken cancellationToken
    )
    {
        var byBearer = AccessTokenFormat.FromAuthorization(context.Request) is { } token
            ? await signOut.FindAsync(token, cancellationToken)
            : null;
        Session? byCookie = null;
        if (cookie.Read(context.Request) is { } refreshToken)
        {
            if (!cookie.IsTrusted(context.Request))
            {
                return Problems.Csrf.ToResult();
            }

            byCookie = await signOut.FindAsync(refreshToken, cancellationToken);
        }

        if (byBearer is not null && byCookie is not null && byBearer.UserId != byCookie.UserId)
        {
            return Problems.MalformedRequest.ToResult("The access token and the cookie belong to different people.");
        }

        foreach (var session in new[] { byBearer, byCookie }.OfType<Session>())
        {
            await sessions.EndAsync(session.UserId, session.Id, cancellationToken);
        }

        cookie.ClearSite(context.Response);
        return TypedResults.NoContent();
    }
}
