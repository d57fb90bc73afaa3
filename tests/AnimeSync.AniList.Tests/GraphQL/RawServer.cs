using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AnimeSync.AniList.Tests.GraphQL;

/// <summary>A loopback server that reads one request per connection and then does whatever the test says, byte by byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Socket, CancellationToken, Task> _answer;
    private readonly Task _loop;
    private readonly List<string> _requests = [];

    private RawServer(Func<Socket, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static RawServer Doing(Func<Socket, CancellationToken, Task> answer) => new(answer);

    public static RawServer Sending(byte[] response) => new((socket, stop) => SendAsync(socket, response, stop));

    public static RawServer Sending(int status, string contentType, byte[] body, params string[] headers) =>
        Sending([.. Head(status, contentType, body.Length, headers), .. body]);

    public static RawServer Json(string body, int status = 200, params string[] headers) =>
        Sending(status, "application/json", Encoding.UTF8.GetBytes(body), headers);

    public static byte[] Head(int status, string contentType, long length, params string[] headers) =>
        Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} X\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\nConnection: close\r\n"
                + string.Concat(headers.Select(header => header + "\r\n"))
                + "\r\n"
        );

    public static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, stop)..];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                break;
            }
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        try
        {
            var request = await ReadRequestAsync(connection);
            lock (_requests)
            {
                _requests.Add(request);
            }

            await _answer(connection, _stop.Token);
            connection.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception)
            when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has seen enough, or the test is over.
        }
    }

    private async Task<string> ReadRequestAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, _stop.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (end >= 0 && IsComplete(request, end + 4)))
            {
                return request;
            }
        }
    }

    private static bool IsComplete(string request, int bodyStart)
    {
        const string header = "Content-Length: ";
        var at = request.IndexOf(header, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return request.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        }

        var end = request.IndexOf('\r', at);
        return Encoding.UTF8.GetByteCount(request[bodyStart..]) >= int.Parse(request[(at + header.Length)..end]);
    }
}
