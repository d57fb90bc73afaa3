using AnimeSync.Api.Hosting;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>
/// A browser's refresh token: out of reach of scripts, never sent across sites, and of no use without a header
/// that only an allowed origin can send.
/// </summary>
internal sealed class RefreshCookie(ServiceOptions service, AuthOptions options, EdgeOptions edges)
{
    private readonly string _name = service.UsesHttps ? "__Host-animesync_refresh" : "animesync_refresh";

    public string? Read(HttpRequest request) =>
        request.Cookies.TryGetValue(_name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A cookie counts only together with X-CSRF: 1 and an allowed Origin (RFC 10017, CSRF defences).</summary>
    public bool IsTrusted(HttpRequest request) =>
        request.Headers["X-CSRF"] is ["1"]
        && request.Headers.Origin is [{ } origin]
        && edges.AllowedOrigins.Contains(origin);

    public void Write(HttpResponse response, string refreshToken) =>
        response.Cookies.Append(_name, refreshToken, Attributes(options.IdleSpa));

    public void Clear(HttpResponse response) => response.Cookies.Delete(_name, Attributes(maxAge: null));

    /// <summary>For someone who leaves: the cookie, and what the browser kept of the answers.</summary>
    public void ClearSite(HttpResponse response)
    {
        Clear(response);
        response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
    }

    private CookieOptions Attributes(TimeSpan? maxAge) =>
        new()
        {
            HttpOnly = true,
            Secure = service.UsesHttps,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            MaxAge = maxAge,
            IsEssential = true,
        };
}
