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
        RegisteredClients clients,
        SandboxOptions options
    )
    {
        var query = request.Query;
        var pin = $"{options.PublicUrl ?? $"{request.Scheme}://{request.Host}"}/api/v2/oauth/pin";
        var given = query["redirect_uri"].ToString() is { Length: > 0 } text ? text : null;
        string? clientId = query["client_id"];
        var redirectUri = clients.RedirectUri(clientId, given, pin);
        if (redirectUri is null || !RegisteredClients.IsUsable(redirectUri))
        {
            return RefuseClient();
        }

        var state = query["state"].ToString() is { Length: > 0 } echoed ? $"&state={Uri.EscapeDataString(echoed)}" : "";
        if (query.ContainsKey("sandbox_deny"))
        {
            // RFC 6749 §4.2.2.1: the implicit grant tells its errors in the fragment, too.
            var separator = query["response_type"] == "token" ? '#' : Separator(redirectUri);
            return Results.Redirect($"{redirectUri}{separator}error=access_denied{state}");
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
            var token = tokens.Issue(user, clientId!);
            return Results.Redirect(
                $"{redirectUri}#access_token={token}&token_type=Bearer&expires_in={AccessTokens.Lifetime}{state}"
            );
        }

        var code = codes.Issue(user.Id, clientId!, given);
        return Results.Redirect($"{redirectUri}{Separator(redirectUri)}code={code}{state}");
    }

    // The body clients have seen of AniList; its 401 is league/oauth2-server's.
    private static IResult RefuseClient() =>
        Results.Text(
            """{"error":"invalid_client","message":"Client authentication failed"}""",
            "application/json",
            statusCode: StatusCodes.Status401Unauthorized
        );

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
