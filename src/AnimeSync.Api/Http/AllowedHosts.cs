using System.Net;
using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Http;

/// <summary>
/// Refuses names that are not ours, which also stops DNS rebinding against the loopback listeners. Probes are let
/// through: they come by address from inside.
/// </summary>
internal sealed class AllowedHosts(RequestDelegate next, EdgeOptions options, ListenOptions listeners)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return
            options.AllowedHosts.Contains(host)
            || HealthEndpoints.IsProbe(context.Request.Path)
            || IsLocal(context, host)
            ? next(context)
            : Problems.MalformedRequest.WriteAsync(context, "The Host header names another service.");
    }

    private bool IsLocal(HttpContext context, string host) =>
        listeners.ListenerOf(context.Connection.LocalPort) is not (null or Listener.Public)
        && (host is "localhost" or "127.0.0.1" or "[::1]" || IsAddressAskedFor(context.Connection, host));

    // How a scraper finds the replicas. Rebinding needs a name, so an address that is truly ours is no danger.
    private static bool IsAddressAskedFor(ConnectionInfo connection, string host) =>
        IPAddress.TryParse(host, out var address)
        && connection.LocalIpAddress is { } local
        && address.Equals(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local);
}
