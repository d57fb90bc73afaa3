using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace AnimeSync.Api.Limits;

/// <summary>
/// Counts every request by its address, and those to sign-in by a second, smaller limit, before anything is known about
/// it. One with a token is counted together with its user, or alone when the token turns out to be worth nothing.
/// Health probes, preflights and the admin listener are not counted.
/// </summary>
internal sealed class AddressLimits(RequestDelegate next, RequestLimits limits, ListenOptions listen)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsExempt(context))
        {
            await next(context);
            return;
        }

        var key = AddressKey.Of(context.Connection.RemoteIpAddress);
        var admission = Admission.Begin(context);
        var isAuth = IsAuth(context);
        if (isAuth)
        {
            admission.Owe(limits.Auth, key);
        }

        admission.Owe(limits.Address, key);
        var mayHaveUser = !isAuth && context.Request.Headers.Authorization.Count > 0;
        if (mayHaveUser || await admission.TrySettleAsync(context))
        {
            await NextAsync(context, admission);
        }
    }

    private async Task NextAsync(HttpContext context, Admission admission)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (!admission.IsSettled && !context.Response.HasStarted)
        {
            // A session that could not be looked up, a body that broke off: counted and refused like any other.
            if (await admission.TrySettleAsync(context))
            {
                throw;
            }
        }
    }

    private bool IsExempt(HttpContext context) =>
        listen.ListenerOf(context.Connection.LocalPort) is Listener.Admin
        || RouteOf(context) is "/healthz" or "/readyz"
        || (
            HttpMethods.IsOptions(context.Request.Method)
            && context.Request.Headers.ContainsKey(CorsConstants.AccessControlRequestMethod)
            && context.Request.Headers.ContainsKey(CorsConstants.Origin)
        );

    /// <summary>By the route that was chosen, and by every spelling of the path that some proxy might take for it.</summary>
    private static bool IsAuth(HttpContext context)
    {
        if (RouteOf(context)?.StartsWith("/auth/", StringComparison.OrdinalIgnoreCase) == true)
        {
            return true;
        }

        var path = (context.Request.Path.Value ?? string.Empty).Replace("%2f", "/", StringComparison.OrdinalIgnoreCase);
        var first = path.AsSpan().TrimStart('/');
        return first.StartsWith("auth", StringComparison.OrdinalIgnoreCase) && (first.Length == 4 || first[4] == '/');
    }

    private static string? RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route ? $"/{route.TrimStart('/')}" : null;
}
