using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>A socket without opinions: sends exactly the bytes it is given.</summary>
public static class Raw
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>Latin-1, so that a string can hold any byte.</summary>
    public static Task<RawAnswers> SendAsync(IPEndPoint address, string request) =>
        SendAsync(address, Encoding.Latin1.GetBytes(request));

    public static async Task<RawAnswers> SendAsync(IPEndPoint address, byte[] request)
    {
        using var socket = await ConnectAsync(address);
        try
        {
            await socket.SendAsync(request);
        }
        catch (SocketException)
        {
            // Refused while still being sent; what was answered can be read all the same.
        }

        return await ReadAsync(socket, _patience);
    }

    public static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return socket;
    }

    /// <summary>Reads until the other side closes, or has said nothing for a second after a whole answer.</summary>
    public static async Task<RawAnswers> ReadAsync(Socket socket, TimeSpan patience)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var answers = RawAnswers.Parse(bytes.ToArray(), closed: false);
            using var limit = new CancellationTokenSource(answers.IsWhole ? TimeSpan.FromSeconds(1) : patience);
            try
            {
                var read = await socket.ReceiveAsync(buffer, limit.Token);
                if (read == 0)
                {
                    return RawAnswers.Parse(bytes.ToArray(), closed: true);
                }

                bytes.Write(buffer, 0, read);
            }
            catch (OperationCanceledException)
            {
                return answers;
            }
            catch (SocketException)
            {
                return RawAnswers.Parse(bytes.ToArray(), closed: true);
            }
        }
    }
}
