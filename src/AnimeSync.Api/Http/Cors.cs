using AnimeSync.Api.Hosting;
using Microsoft.Net.Http.Headers;

namespace AnimeSync.Api.Http;

/// <summary>
/// Lets the pages of the allowed origins read answers (Fetch standard, CORS protocol). Stricter than the framework's:
/// a preflight that asks for anything not allowed gets no Access-Control header at all, and Vary is always there.
/// It never authorises: a foreign origin's simple request still reaches its route.
/// </summary>
internal sealed class Cors(RequestDelegate next, EdgeOptions options, ListenOptions listeners)
{
    private const string Methods = "GET, POST, PUT, PATCH, DELETE";
    private const string Headers = "Authorization, Content-Type, X-CSRF, If-Match, If-None-Match, Idempotency-Key";
    private const string Exposed = "RateLimit, RateLimit-Policy, Retry-After, ETag, Age, Location, X-AnimeSync-Source";
    private const string PreflightLifeInSeconds = "600";

    private static readonly HashSet<string> _methods = [.. Methods.Split(", ")];
    private static readonly HashSet<string> _headers = new(Headers.Split(", "), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (listeners.ListenerOf(context.Connection.LocalPort) != Listener.Public)
        {
            return next(context);
        }

        var request = context.Request;
        var isPreflight =
            HttpMethods.IsOptions(request.Method)
            && request.Headers.Origin.Count > 0
            && request.Headers.AccessControlRequestMethod.Count > 0;
        if (isPreflight)
        {
            AnswerPreflight(context);
            return Task.CompletedTask;
        }

        // Written when the answer starts, so that the exception handler's clearing of headers does not lose them.
        context.Response.OnStarting(() => AllowReading(context));
        return next(context);
    }

    private Task AllowReading(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (AllowedOrigin(context.Request) is { } origin)
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowCredentials = "true";
            headers.AccessControlExposeHeaders = Exposed;
        }

        return Task.CompletedTask;
    }

    private void AnswerPreflight(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (AllowedOrigin(context.Request) is { } origin && AsksOnlyAllowed(context.Request))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowCredentials = "true";
            headers.AccessControlAllowMethods = Methods;
            headers.AccessControlAllowHeaders = Headers;
            headers.AccessControlMaxAge = PreflightLifeInSeconds;
        }
    }

    private string? AllowedOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && options.AllowedOrigins.Contains(origin) ? origin : null;

    private static bool AsksOnlyAllowed(HttpRequest request) =>
        request.Headers.AccessControlRequestMethod is [{ } method]
        && _methods.Contains(method)
        && request.Headers.AccessControlRequestHeaders.SelectMany(Split).All(_headers.Contains);

    private static string[] Split(string? names) =>
        (names ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
