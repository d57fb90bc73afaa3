using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AnimeSync.Api.Http;

internal static class KestrelLimits
{
    public const int BodyBytes = 1024 * 1024;

    /// <summary>How much one connection may take of this process. Call before any listener is added.</summary>
    public static void ApplyLimits(this KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Without TLS there is no negotiation, and HTTP/2 by prior knowledge is only a second parser to attack.
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);

        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = BodyBytes;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        // Per listener, so that a flood on the public one leaves the admin one reachable.
        limits.MaxConcurrentConnections = 10_000;
        limits.MaxConcurrentUpgradedConnections = 0;
    }
}
