using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AnimeSync.Tests;

/// <summary>
/// Ports for servers that must know theirs beforehand: each given once, from below the range that the kernel hands to
/// outgoing connections, so that nothing takes one between its being found free and its server's binding it.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 20_000;

    // Test processes that run at once begin in different places.
    private static int _last = RandomNumberGenerator.GetInt32(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
