using System.Net;

namespace AnimeSync.Sandbox.OAuth;

/// <summary>AniList's sign-in at AniList's paths.</summary>
internal static class OAuthEndpoints
{
    public static void MapOAuth(this WebApplication app)
    {
        var oauth = app.MapGroup("/api/v2/oauth");
        oauth.MapGet("/authorize", AuthorizeEndpoint.Authorize);
        oauth.MapPost("/token", TokenEndpoint.ExchangeAsync);
        oauth.MapGet("/pin", ShowPin);
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
