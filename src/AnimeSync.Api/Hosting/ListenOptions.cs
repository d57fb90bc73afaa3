using System.Net;

namespace AnimeSync.Api.Hosting;

/// <summary>The three sockets. All are loopback until an operator says otherwise.</summary>
internal sealed record ListenOptions(IPEndPoint Public, IPEndPoint Admin, IPEndPoint Integrations)
{
    public static ListenOptions Read(Settings settings)
    {
        var options = new ListenOptions(
            EndPoint(settings, "LISTEN_PUBLIC", "127.0.0.1:8000"),
            EndPoint(settings, "LISTEN_ADMIN", "127.0.0.1:9001"),
            EndPoint(settings, "LISTEN_INTEGRATIONS", "127.0.0.1:9002")
        );
        int[] ports = [options.Public.Port, options.Admin.Port, options.Integrations.Port];
        if (ports.Distinct().Count() != ports.Length)
        {
            settings.Refuse("LISTEN_PUBLIC, LISTEN_ADMIN and LISTEN_INTEGRATIONS", "must use three different ports");
        }

        return options;
    }

    public Listener? ListenerOf(int localPort) =>
        localPort == Public.Port ? Listener.Public
        : localPort == Admin.Port ? Listener.Admin
        : localPort == Integrations.Port ? Listener.Integrations
        : null;

    private static IPEndPoint EndPoint(Settings settings, string name, string fallback)
    {
        if (IPEndPoint.TryParse(settings.Text(name, fallback), out var endPoint) && endPoint.Port > 0)
        {
            return endPoint;
        }

        settings.Refuse(name, "must be an IP address and a port, like 127.0.0.1:8000");
        return IPEndPoint.Parse(fallback);
    }
}
