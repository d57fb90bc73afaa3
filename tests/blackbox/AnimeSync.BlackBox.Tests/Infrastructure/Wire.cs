using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>
/// A wire to a server. Cut, it carries nothing and tells nobody: what was connected stays so, dead for good, and
/// what connects meanwhile waits, as behind a firewall that drops packets.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly ConcurrentBag<Socket> _ends = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener;
    private readonly int _server;
    private readonly Task _accepting;
    private int _cuts;
    private volatile bool _isCut;

    public Wire(int serverPort)
    {
        _server = serverPort;
        _listener = new(IPAddress.Loopback, FreePort.Next());
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long each piece of an answer is held up.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How often somebody has connected.</summary>
    public int Connections => _ends.Count / 2;

    public void Cut()
    {
        Interlocked.Increment(ref _cuts);
        _isCut = true;
    }

    /// <summary>Carries new connections again; the old ones stay dead.</summary>
    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var end in _ends)
        {
            end.Dispose();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                _ends.Add(client);
                _ends.Add(server);
                _ = CarryAsync(client, server);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Closed.
        }
    }

    private async Task CarryAsync(Socket client, Socket server)
    {
        var cuts = Volatile.Read(ref _cuts);
        if (_isCut)
        {
            return;
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
            await Task.WhenAny(PumpAsync(client, server, cuts, false), PumpAsync(server, client, cuts, true));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The server is down.
        }

        if (cuts == Volatile.Read(ref _cuts))
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, int cuts, bool isAnswer)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var read = await from.ReceiveAsync(buffer, _stop.Token);
                if (isAnswer && Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, _stop.Token);
                }

                if (read == 0 || cuts != Volatile.Read(ref _cuts))
                {
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One end is gone; the other is closed by whoever waits for this.
        }
    }
}
