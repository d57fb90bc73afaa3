using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class SlowClientTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Fact]
    public async Task Headers_that_dribble_in_end_in_408_and_hold_up_nobody()
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 500; i++)
            {
                var socket = await Raw.ConnectAsync(_service.Public);
                await socket.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n"u8.ToArray());
                sockets.Add(socket);
            }

            await _service.AssertAliveAsync();
            var answers = await Raw.ReadAsync(sockets[0], TimeSpan.FromSeconds(60));

            Assert.Equal(408, answers.Status);
            Assert.True(answers.Closed);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Clients_that_never_read_hold_up_nobody()
    {
        var requests = Encoding.ASCII.GetBytes(
            string.Concat(
                Enumerable.Repeat(
                    "GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    1000
                )
            )
        );
        var sockets = new List<Socket>();
        var sending = new List<Task>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                sockets.Add(socket);
                await socket.ConnectAsync(_service.Public);
                // May wait for ever: the service stops reading from who does not read from it.
                sending.Add(socket.SendAsync(requests));
            }

            await _service.AssertAliveAsync();
            var answers = await _service.SendAsync(
                "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            );
            Assert.Equal(401, answers.Status);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
            await Task.WhenAll(sending)
                .ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
                );
        }

        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task A_body_that_dribbles_in_ends_in_408_within_seconds()
    {
        using var socket = await Raw.ConnectAsync(_service.Public);
        await socket.SendAsync(
            "POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na"u8.ToArray()
        );
        var elapsed = Stopwatch.StartNew();

        var answers = await Raw.ReadAsync(socket, TimeSpan.FromSeconds(60));

        Assert.Equal(408, answers.Status);
        Assert.Equal("request-timeout", answers.Only.Slug);
        Assert.InRange(elapsed.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30));
    }
}
