using System.Net.Sockets;
using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

/// <summary>A service of its own, because open files and memory are counted.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task Pipelined_half_open_and_aborted_connections_leave_nothing_behind()
    {
        await using var service = await Service.StartAsync();
        await service.AssertAliveAsync();
        var before = OpenFiles(service);

        await PipelineAsync(service, 1000);
        await HoldOpenAsync(service, 5000);
        await OverfillAsync(service, 10_000, 50);
        await AbortAsync(service, 500);

        await service.AssertAliveAsync();
        await Eventually(() => OpenFiles(service) < before + 50);
    }

    private static async Task PipelineAsync(Service service, int requests)
    {
        var text = string.Concat(Enumerable.Repeat("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", requests - 1));

        var answers = await service.SendAsync(
            $"{text}GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal(requests, answers.All.Count);
        Assert.All(answers.All, answer => Assert.Equal(200, answer.Status));
    }

    private static async Task HoldOpenAsync(Service service, int connections)
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                sockets.Add(await Raw.ConnectAsync(service.Public));
            }

            await service.AssertAliveAsync();
        }
        finally
        {
            Reset(sockets);
        }
    }

    private static async Task OverfillAsync(Service service, int limit, int beyond)
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < limit + beyond; i++)
            {
                sockets.Add(await Raw.ConnectAsync(service.Public));
            }

            await Eventually(() => sockets.Count(IsClosed) >= beyond);
            // The operators' listener has a limit of its own.
            var admin = await Raw.SendAsync(
                service.Admin,
                "GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            );
            Assert.Equal(200, admin.Status);
            Assert.InRange(sockets.Count(IsClosed), beyond, 2 * beyond);
        }
        finally
        {
            Reset(sockets);
        }

        await Eventually(() => OpenFiles(service) < limit);
        await service.AssertAliveAsync();
    }

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    // Without waiting for the other side: thousands of ports would stay taken for a minute.
    private static void Reset(List<Socket> sockets) =>
        sockets.ForEach(socket =>
        {
            socket.LingerState = new(true, 0);
            socket.Dispose();
        });

    private static async Task AbortAsync(Service service, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            using var socket = await Raw.ConnectAsync(service.Public);
            await socket.SendAsync(Encoding.ASCII.GetBytes("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            // Resets the connection instead of closing it.
            socket.LingerState = new(true, 0);
        }
    }

    private static int OpenFiles(Service service) => Directory.GetFiles($"/proc/{service.Process.Id}/fd").Length;

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 200 && !condition(); i++)
        {
            await Task.Delay(100);
        }

        Assert.True(condition());
    }
}
