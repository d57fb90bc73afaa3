using System.Net;
using System.Net.Sockets;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Redis;

[Collection(LimitedService.ForRedis)]
public sealed class StormTests(LimitedService limited)
{
    [Fact]
    public async Task A_Redis_that_a_thousand_clients_storm_and_that_drops_them_all_each_second_costs_nobody_an_error()
    {
        await limited.BecomesAsync("ready");
        await limited.CommandAsync("FLUSHDB");
        await using var load = new Load(limited, limited.SignedIn.AccessToken);
        using var stop = new CancellationTokenSource();
        var storm = Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => StormAsync(stop.Token)));

        for (var second = 0; second < 4; second++)
        {
            await Task.Delay(1000);
            await limited.CommandAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }

        await stop.CancelAsync();
        await storm;
        var took = await limited.BecomesAsync("ready");
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        await load.AssertServedAsync();
        await limited.SteadilyAsync(async () =>
        {
            using var caller = limited.Callers.Behind();
            Assert.Equal(
                LimitedService.AddressLimit,
                await Callers.CountAsync(caller, LimitedService.AddressLimit + 5)
            );
        });
        await limited.Service.AssertAliveAsync();
    }

    private async Task StormAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, limited.Redis.Port, cancellationToken);
                await socket.SendAsync("PING\r\n"u8.ToArray(), cancellationToken);
                while (await socket.ReceiveAsync(buffer, cancellationToken) > 0) { }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // Dropped; comes again.
            }
        }
    }
}
