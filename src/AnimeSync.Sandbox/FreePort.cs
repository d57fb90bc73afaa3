using System.Net;
using System.Net.Sockets;

namespace AnimeSync.Sandbox;

/// <summary>Asks for the port before anything starts: the host's own refusal is a stack trace.</summary>
internal static class FreePort
{
    /// <summary>Why the sandbox cannot listen there; null when it can.</summary>
    public static string? Fault(SandboxOptions options)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(options.Address), options.Port);
            listener.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => InUse(options.Port),
                SocketError.AccessDenied =>
                    $"Port {options.Port} may not be opened by this user: choose another one, for example --port 9200.",
                SocketError.AddressNotAvailable =>
                    $"This machine does not have the address {options.Address}: choose another one with --listen.",
                _ =>
                    $"Port {options.Port} on {options.Address} cannot be opened: choose another one, for example --port 9200.",
            };
        }
    }

    private static string InUse(int port)
    {
        var another = port == 9200 ? 9201 : 9200;
        return $"""
            Port {port} is in use by another program: choose another one, for example --port {another}.
            DevHost has a sandbox of its own, on port 9100 unless SANDBOX_PORT moves it; if it is running, use that one.
            """;
    }
}
