using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Control;

namespace AnimeSync.Sandbox.OAuth;

/// <summary>AniList's sign-in at AniList's paths, with sample users in place of a login form.</summary>
internal static class OAuthEndpoints
{
    private const string InvalidClient = """{"error":"invalid_client","message":"Client authentication failed"}""";

    public static void MapOAuth(this WebApplication app)
    {
        var oauth = app.MapGroup("/api/v2/oauth");
        oauth.MapGet("/authorize", Authorize);
        oauth.MapPost("/token", ExchangeAsync);
        oauth.MapGet("/pin", ShowPin);
    }

    private static IResult Authorize(
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
            return Results.Text(InvalidClient, "application/json", statusCode: StatusCodes.Status401Unauthorized);
        }

        var pin = $"{options.PublicUrl ?? $"{request.Scheme}://{request.Host}"}/api/v2/oauth/pin";
        var redirectUri = query["redirect_uri"].ToString() is { Length: > 0 } given ? given : pin;
        if (!Uri.TryCreate(redirectUri, UriKind.Absolute, out _))
        {
            return Results.Text(InvalidClient, "application/json", statusCode: StatusCodes.Status401Unauthorized);
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

    private static async Task ExchangeAsync(
        HttpContext context,
        UserAccounts accounts,
        AuthorizationCodes codes,
        AccessTokens tokens,
        FaultRules faults
    )
    {
        var fault = faults.Take("token");
        if (fault is not null && FaultAnswers.Replacement(fault, context.Request, forTokens: true) is { } replacement)
        {
            await fault.PlayAsync(context, replacement);
            return;
        }

        var fields = await ReadFieldsAsync(context.Request);
        var answer = Exchange(fields, accounts, codes, tokens);
        context.Response.Headers.CacheControl = "no-store, private";
        if (fault is null)
        {
            await answer.WriteAsync(context);
            return;
        }

        await fault.PlayAsync(context, answer);
    }

    private static Answer Exchange(
        Dictionary<string, string> fields,
        UserAccounts accounts,
        AuthorizationCodes codes,
        AccessTokens tokens
    )
    {
        if (fields.GetValueOrDefault("grant_type") != "authorization_code")
        {
            return Refusal(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
                "Check that all required parameters have been provided"
            );
        }

        var clientId = fields.GetValueOrDefault("client_id");
        if (string.IsNullOrEmpty(clientId) || clientId == "unknown")
        {
            return Refusal(401, "invalid_client", "Client authentication failed", null);
        }

        var code = fields.GetValueOrDefault("code");
        if (string.IsNullOrEmpty(code))
        {
            return MissingParameter("Check the `code` parameter");
        }

        var outcome = codes.Redeem(code, clientId, fields.GetValueOrDefault("redirect_uri"), out var userId);
        return outcome switch
        {
            CodeOutcome.Accepted => Granted(tokens.Issue(accounts.Find(userId)!, clientId)),
            CodeOutcome.Used => MissingParameter("Authorization code has been revoked"),
            CodeOutcome.Expired => MissingParameter("Authorization code has expired"),
            CodeOutcome.WrongClient => MissingParameter("Authorization code was not issued to this client"),
            CodeOutcome.WrongRedirect => Refusal(401, "invalid_client", "Client authentication failed", null),
            _ => MissingParameter("Cannot decrypt the authorization code"),
        };
    }

    public static Answer Granted(string token, string tokenType = "Bearer") =>
        new(
            200,
            $$"""{"token_type":"{{tokenType}}","expires_in":{{AccessTokens.Lifetime}},"access_token":"{{token}}","refresh_token":"def50200{{RandomNumberGenerator.GetHexString(200, true)}}"}"""
        );

    /// <summary>The shape of league/oauth2-server, which AniList's server is built on.</summary>
    public static Answer Refusal(int status, string error, string description, string? hint) =>
        new(
            status,
            JsonSerializer.Serialize(
                hint is null
                    ? new Dictionary<string, string>
                    {
                        ["error"] = error,
                        ["error_description"] = description,
                        ["message"] = description,
                    }
                    : new()
                    {
                        ["error"] = error,
                        ["error_description"] = description,
                        ["hint"] = hint,
                        ["message"] = description,
                    }
            )
        );

    private static Answer MissingParameter(string hint) =>
        Refusal(
            400,
            "invalid_request",
            "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.",
            hint
        );

    private static async Task<Dictionary<string, string>> ReadFieldsAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            return form.ToDictionary(field => field.Key, field => field.Value.ToString());
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json
                    .RootElement.EnumerateObject()
                    .ToDictionary(member => member.Name, member => member.Value.ToString())
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

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

    private static IResult ShowPin(string? code) =>
        Results.Text(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>AniList sandbox: pin</title></head>
            <body><p>Copy this into the application:</p><textarea id="pin" rows="8" cols="80" readonly>{WebUtility.HtmlEncode(
                code
            )}</textarea>
            <script>const token = new URLSearchParams(location.hash.slice(1)).get("access_token"); if (token) document.getElementById("pin").value = token;</script>
            </body></html>
            """,
            "text/html; charset=utf-8"
        );
}
