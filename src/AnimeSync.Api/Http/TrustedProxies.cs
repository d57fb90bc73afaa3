using Microsoft.AspNetCore.HttpOverrides;

namespace AnimeSync.Api.Http;

internal static class TrustedProxies
{
    // A CDN, a load balancer, an ingress and one to spare; a longer chain is somebody's invention.
    private const int LongestChain = 4;

    /// <summary>
    /// Takes the client's address and scheme from trusted proxies only, walking from the nearest hop to the first
    /// that is not trusted. X-Forwarded-Host is never read.
    /// </summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<EdgeOptions>().TrustedProxies;
        if (trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = LongestChain,
        };
        // The framework trusts loopback unless told otherwise.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
