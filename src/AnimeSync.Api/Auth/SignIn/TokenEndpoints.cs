using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Auth.SignIn;

internal static class TokenEndpoints
{
    private const int LongestUserAgent = 256;

    public static void MapTokens(this IEndpointRouteBuilder auth)
    {
        auth.MapPost("/token", TokenAsync)
            .WithName("Token")
            .WithSummary("Exchanges a code or a refresh token for a token pair (RFC 6749 §4.1.3 and §6).")
            .AllowAnonymous();
        auth.MapPost("/revoke", RevokeAsync)
            .WithName("Revoke")
            .WithSummary("Ends the session that a token belongs to (RFC 7009).")
            .AllowAnonymous();
    }

    private static async Task<Results<Ok<TokenResponse>, JsonHttpResult<OAuthError>>> TokenAsync(
        HttpContext context,
        AuthOptions options,
        TokenService tokens,
        SessionService sessions,
        RefreshCookie cookie,
        CancellationToken cancellationToken
    )
    {
        if (await OAuthForm.ReadAsync(context.Request, cancellationToken) is not { } form)
        {
            return OAuthErrors.InvalidRequest("Send a small form, each parameter once.");
        }

        if (options.Clients.SingleOrDefault(known => known.Id == form["client_id"]) is not { } client)
        {
            return OAuthErrors.InvalidClient();
        }

        return form["grant_type"] switch
        {
            null => OAuthErrors.InvalidRequest("grant_type is required."),
            "authorization_code" => await ExchangeAsync(context, form, client, tokens, cookie, cancellationToken),
            "refresh_token" => await RefreshAsync(context, form, client, sessions, cookie, cancellationToken),
            _ => OAuthErrors.UnsupportedGrantType(),
        };
    }

    private static async Task<Results<Ok<TokenResponse>, JsonHttpResult<OAuthError>>> ExchangeAsync(
        HttpContext context,
        OAuthForm form,
        Client client,
        TokenService tokens,
        RefreshCookie cookie,
        CancellationToken cancellationToken
    )
    {
        if (form["code"] is not { } code)
        {
            return OAuthErrors.InvalidRequest("code is required.");
        }

        var agent = context.Request.Headers.UserAgent.ToString();
        var pair = await tokens.ExchangeAsync(
            code,
            // A missing verifier is a wrong one: the code is burnt all the same.
            form["code_verifier"] ?? string.Empty,
            client,
            form["redirect_uri"],
            agent.Length is 0 ? null : agent[..Math.Min(agent.Length, LongestUserAgent)],
            cancellationToken
        );
        return pair is null ? OAuthErrors.InvalidGrant(Problems.CodeInvalid) : Answer(context, client, pair, cookie);
    }

    private static async Task<Results<Ok<TokenResponse>, JsonHttpResult<OAuthError>>> RefreshAsync(
        HttpContext context,
        OAuthForm form,
        Client client,
        SessionService sessions,
        RefreshCookie cookie,
        CancellationToken cancellationToken
    )
    {
        var presented = client.KeepsRefreshTokenInCookie ? cookie.Read(context.Request) : form["refresh_token"];
        if (client.KeepsRefreshTokenInCookie && form["refresh_token"] is not null)
        {
            return OAuthErrors.InvalidRequest("This client's refresh token travels only in its cookie.");
        }

        if (presented is null)
        {
            return OAuthErrors.InvalidGrant(Problems.RefreshInvalid);
        }

        if (client.KeepsRefreshTokenInCookie && !cookie.IsTrusted(context.Request))
        {
            return OAuthErrors.InvalidRequest(Problems.Csrf);
        }

        // Whoever sends one person's access token and another's refresh token has mixed two sign-ins up.
        if (
            context.Features.Get<CurrentUser>() is { } caller
            && await sessions.FindByRefreshTokenAsync(presented, cancellationToken) is { } owned
            && owned.UserId != caller.Id
        )
        {
            return OAuthErrors.InvalidRequest("The access token and the refresh token belong to different people.");
        }

        var refreshed = await sessions.RefreshAsync(presented, client.Id, cancellationToken);
        if (refreshed.Pair is { } pair)
        {
            return Answer(context, client, pair, cookie);
        }

        if (client.KeepsRefreshTokenInCookie)
        {
            cookie.Clear(context.Response);
        }

        return OAuthErrors.InvalidGrant(refreshed.IsReuse ? Problems.RefreshReused : Problems.RefreshInvalid);
    }

    private static async Task<Results<Ok, JsonHttpResult<OAuthError>>> RevokeAsync(
        HttpContext context,
        AuthOptions options,
        SignOutService signOut,
        CancellationToken cancellationToken
    )
    {
        if (
            await OAuthForm.ReadAsync(context.Request, cancellationToken) is not { } form
            || form["token"] is not { } token
        )
        {
            return OAuthErrors.InvalidRequest("token is required.");
        }

        if (options.Clients.All(known => known.Id != form["client_id"]))
        {
            return OAuthErrors.InvalidClient();
        }

        // RFC 7009 §2.2: an unknown token is revoked already.
        await signOut.ByTokenAsync(token, form["client_id"]!, cancellationToken);
        return TypedResults.Ok();
    }

    private static Ok<TokenResponse> Answer(HttpContext context, Client client, TokenPair pair, RefreshCookie cookie)
    {
        context.Response.Headers.CacheControl = "no-store"; // RFC 6749 §5.1
        if (client.KeepsRefreshTokenInCookie)
        {
            cookie.Write(context.Response, pair.RefreshToken);
        }

        return TypedResults.Ok(
            new TokenResponse(
                pair.AccessToken.Value,
                "Bearer",
                (int)pair.AccessToken.ExpiresIn.TotalSeconds,
                client.KeepsRefreshTokenInCookie ? null : pair.RefreshToken
            )
        );
    }
}
