using System.Diagnostics;
using System.Net.Sockets;
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
