using System.Collections.Frozen;
using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Http;

/// <summary>Whom the edge believes: proxies, host names and browser origins.</summary>
/// <param name="TrustedProxies">Only these may say who the client is and which scheme it used.</param>
/// <param name="AllowedHosts">Host names without ports, lower case; IPv6 literals in brackets.</param>
/// <param name="AllowedOrigins">Exact `Origin` values whose pages may read answers and use cookies.</param>
internal sealed record EdgeOptions(
    IReadOnlyList<System.Net.IPNetwork> TrustedProxies,
    IReadOnlySet<string> AllowedHosts,
    IReadOnlySet<string> AllowedOrigins
)
{
    public static EdgeOptions Read(Settings settings, ServiceOptions service)
    {
        // This switch of the framework trusts every proxy there is.
        if (settings.Flag("ASPNETCORE_FORWARDEDHEADERS_ENABLED"))
        {
            settings.Refuse(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED",
                "must not be set: name the proxies in TRUSTED_PROXIES"
            );
        }

        var proxies = ReadProxies(settings);
        if (!service.IsDevelopment && !service.AllowInsecureHttp)
        {
            RequireTls(settings, service, proxies);
        }

        return new(proxies, ReadHosts(settings, service), ReadOrigins(settings, service));
    }

    private static void RequireTls(Settings settings, ServiceOptions service, List<System.Net.IPNetwork> proxies)
    {
        if (!service.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            settings.Refuse("PUBLIC_URL", "must be https in Production, unless ALLOW_INSECURE_HTTP is true");
        }

        if (proxies.Count == 0)
        {
            settings.Refuse(
                "TRUSTED_PROXIES",
                "must name the proxy that speaks https in Production, unless ALLOW_INSECURE_HTTP is true"
            );
        }
    }

    private static List<System.Net.IPNetwork> ReadProxies(Settings settings)
    {
        var networks = new List<System.Net.IPNetwork>();
        foreach (var text in settings.List("TRUSTED_PROXIES"))
        {
            if (System.Net.IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (System.Net.IPAddress.TryParse(text, out var address))
            {
                networks.Add(new(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                settings.Refuse("TRUSTED_PROXIES", "must list IP addresses or networks like 10.0.0.0/8");
            }
        }

        return networks;
    }

    private static FrozenSet<string> ReadHosts(Settings settings, ServiceOptions service)
    {
        var own = new Uri(service.PublicUrl).Host;
        var hosts = settings.List("ALLOWED_HOSTS", service.IsDevelopment ? $"{own},localhost,127.0.0.1,[::1]" : own);
        if (hosts.Any(host => Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown))
        {
            settings.Refuse("ALLOWED_HOSTS", "must list host names without scheme, port or wildcard");
        }

        return hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    private static FrozenSet<string> ReadOrigins(Settings settings, ServiceOptions service)
    {
        var origins = settings.List("CORS_ORIGINS", service.IsDevelopment ? "http://localhost:3000" : string.Empty);
        foreach (var origin in origins)
        {
            // RFC 6454 §6.2: a browser writes an origin in exactly this form, so any other would never match.
            if (
                !Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || uri.GetLeftPart(UriPartial.Authority) != origin
            )
            {
                settings.Refuse("CORS_ORIGINS", "must list exact origins like https://anime.example, never *");
            }
            else if (!service.IsDevelopment && !service.AllowInsecureHttp && uri.Scheme != Uri.UriSchemeHttps)
            {
                settings.Refuse("CORS_ORIGINS", "must be https in Production, unless ALLOW_INSECURE_HTTP is true");
            }
        }

        return origins.ToFrozenSet(StringComparer.Ordinal);
    }
}
