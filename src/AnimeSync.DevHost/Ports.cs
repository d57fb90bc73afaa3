using System.Net;
using System.Net.Sockets;
using AnimeSync.Api.Hosting;

namespace AnimeSync.DevHost;

/// <summary>Asks for every port before anything starts, so that a refusal names all of them, and how to change each.</summary>
internal static class Ports
{
    public static void RequireFree(ListenOptions listen, int? sandboxPort)
    {
        var faults = new List<string?>
        {
            Fault(listen.Public, "the public API", "LISTEN_PUBLIC", "127.0.0.1:18000"),
            Fault(listen.Admin, "the admin listener", "LISTEN_ADMIN", "127.0.0.1:19001"),
            Fault(listen.Integrations, "the integrations listener", "LISTEN_INTEGRATIONS", "127.0.0.1:19002"),
        };
        if (sandboxPort is { } port)
        {
            faults.Add(Fault(new(IPAddress.Loopback, port), "the AniList sandbox", "SANDBOX_PORT", "19100"));
            if (new[] { listen.Public, listen.Admin, listen.Integrations }.Any(taken => taken.Port == port))
            {
                faults.Add(
                    "SANDBOX_PORT must differ from the ports of LISTEN_PUBLIC, LISTEN_ADMIN, LISTEN_INTEGRATIONS."
                );
            }
        }

        if (faults.OfType<string>().ToArray() is { Length: > 0 } found)
        {
            throw new StartupRefusedException(string.Join(Environment.NewLine, found));
        }
    }

    private static string? Fault(IPEndPoint endPoint, string whose, string setting, string example)
    {
        try
        {
            using var listener = new TcpListener(endPoint);
            listener.Start();
            return null;
        }
        catch (SocketException exception)
        {
            var why = exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "is in use by another program",
                SocketError.AccessDenied => "may not be opened by this user",
                SocketError.AddressNotAvailable =>
                    $"is asked for on {endPoint.Address}, which this machine does not have",
                _ => "cannot be opened",
            };
            return $"Port {endPoint.Port} of {whose} {why}: choose another one, for example {setting}={example}.";
        }
    }
}
