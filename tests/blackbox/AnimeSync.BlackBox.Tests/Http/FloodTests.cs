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
            sockets.ForEach(socket => socket.Dispose());
        }
    }

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
