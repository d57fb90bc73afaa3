using System.Net;
using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.OAuth;

/// <summary>The page where a user says yes or no; here a click on a sample user, or a parameter for those who cannot click.</summary>
internal static class AuthorizeEndpoint
{
    public static IResult Authorize(
        HttpRequest request,
        UserAccounts accounts,
        AuthorizationCodes codes,
        AccessTokens tokens,
        SandboxOptions options
    )
    {
        var query = request.Query;
        string? clientId = query["client_id"];
        if (string.IsNullOrEmpty(clientId) || clientId == "unknown")
        {
            return RefuseClient();
        }

        var pin = $"{options.PublicUrl ?? $"{request.Scheme}://{request.Host}"}/api/v2/oauth/pin";
        var redirectUri = query["redirect_uri"].ToString() is { Length: > 0 } given ? given : pin;
        // A path alone counts as an absolute file address on some systems.
        if (
            !Uri.TryCreate(redirectUri, UriKind.Absolute, out _)
            || redirectUri.StartsWith('/')
            || !redirectUri.All(IsPrintableAscii)
        )
        {
            return RefuseClient();
        }

        var state = query["state"].ToString() is { Length: > 0 } text ? $"&state={Uri.EscapeDataString(text)}" : "";
        if (query.ContainsKey("sandbox_deny"))
        {
            return Results.Redirect($"{redirectUri}{Separator(redirectUri)}error=access_denied{state}");
        }

        if (query["response_type"] is not ["code"] and not ["token"])
        {
            return Results.Text(
                """{"error":"unsupported_grant_type","message":"The authorization grant type is not supported by the authorization server."}""",
                "application/json",
                statusCode: StatusCodes.Status400BadRequest
            );
        }

        if (query["sandbox_user"].ToString() is not { Length: > 0 } name || accounts.Find(name) is not { } user)
        {
            return Results.Text(ChooseUserPage(request, accounts), "text/html; charset=utf-8");
        }

        if (query["response_type"] == "token")
        {
            var token = tokens.Issue(user, clientId);
            return Results.Redirect(
                $"{redirectUri}#access_token={token}&token_type=Bearer&expires_in={AccessTokens.Lifetime}{state}"
            );
        }

        var code = codes.Issue(user.Id, clientId, query.ContainsKey("redirect_uri") ? redirectUri : null);
        return Results.Redirect($"{redirectUri}{Separator(redirectUri)}code={code}{state}");
    }

    // The body clients have seen of AniList; its 401 is league/oauth2-server's.
    private static IResult RefuseClient() =>
        Results.Text(
            """{"error":"invalid_client","message":"Client authentication failed"}""",
            "application/json",
            statusCode: StatusCodes.Status401Unauthorized
        );

    // Anything else cannot stand in a Location header.
    private static bool IsPrintableAscii(char letter) => letter is > ' ' and < '\x7f';

    private static char Separator(string uri) => uri.Contains('?', StringComparison.Ordinal) ? '&' : '?';

    private static string ChooseUserPage(HttpRequest request, UserAccounts accounts)
    {
        var here = WebUtility.HtmlEncode($"{request.Path}{request.QueryString}");
        var users = string.Join(
            "\n",
            accounts.All.Select(user =>
                $"""<li><a href="{here}&amp;sandbox_user={Uri.EscapeDataString(user.Name)}">{WebUtility.HtmlEncode(user.Name)}</a></li>"""
            )
        );
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>AniList sandbox: authorize</title></head>
            <body><h1>Sign in to the AniList sandbox</h1><p>Approve as</p>
            <ul>{users}</ul><p><a href="{here}&amp;sandbox_deny=1">Deny</a></p></body></html>
            """;
    }
}
