using AnimeSync.Api.Hosting;
using AspNet.Security.OAuth.AniList;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Auth.SignIn;

internal static class AuthorizeEndpoints
{
    public static void MapAuthorize(this IEndpointRouteBuilder auth) =>
        auth.MapGet("/authorize", AuthorizeAsync)
            .WithName("Authorize")
            .WithSummary("Starts a sign-in with AniList (authorization code with PKCE, RFC 6749 §4.1, RFC 7636).")
            .AllowAnonymous();

    private static async Task<Results<ChallengeHttpResult, RedirectHttpResult, ProblemHttpResult>> AuthorizeAsync(
        HttpRequest http,
        AuthOptions options,
        ServiceOptions service,
        SignInService signIn,
        CancellationToken cancellationToken
    )
    {
        var (request, problem, errorRedirect) = AuthorizeRequest.Read(http.Query, options.Clients, service.PublicUrl);
        if (problem is not null)
        {
            return problem.ToResult();
        }

        if (errorRedirect is not null)
        {
            return TypedResults.Redirect(errorRedirect);
        }

        // The handler would seal the whole request into the state it sends to AniList, which then grows too long to come
        // back; where to go from here is in the pending sign-in.
        var properties = new AuthenticationProperties { RedirectUri = "/" };
        properties.Items[AniListSignIn.PendingId] = (await signIn.BeginAsync(request!, cancellationToken)).ToString();
        return TypedResults.Challenge(properties, [AniListAuthenticationDefaults.AuthenticationScheme]);
    }
}
