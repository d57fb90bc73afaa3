using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Redis;

[Collection(LimitedService.ForRedis)]
public sealed class BoundTests(LimitedService limited)
{
    private const int Addresses = 20_000;

    [Fact]
    public async Task Callers_with_ever_new_addresses_fill_neither_Redis_nor_the_process()
    {
        await limited.BecomesAsync("ready");
        await limited.CommandAsync("FLUSHALL");
        await limited.Service.AssertAliveAsync();
        var before = Memory();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AskFromAsync(Addresses / 40)));

        // However many they were, a minute later nothing of them is left.
        Assert.InRange(await SizeAsync(), 1, Addresses + 100);
        Assert.Equal(0, await KeysThatStayAsync());
        Assert.InRange(Memory() - before, long.MinValue, 150 * 1024 * 1024);
        await limited.Service.AssertAliveAsync();
    }

    private async Task AskFromAsync(int addresses)
    {
        var requests = new StringBuilder();
        for (var number = 1; number <= addresses; number++)
        {
            requests.Append(
                CultureInfo.InvariantCulture,
                $"GET /nothing HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {Callers.NewAddress()}\r\n"
            );
            requests.Append(number == addresses ? "Connection: close\r\n\r\n" : "\r\n");
        }

        using var client = new TcpClient();
        await client.ConnectAsync(limited.Service.Public);
        var sending = client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(requests.ToString()));
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var answers = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            answers += line.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal) ? 1 : 0;
        }

        await sending;
        Assert.Equal(addresses, answers);
    }

    /// <summary>Counted by Redis itself, so that no key goes between being listed and being asked for its end.</summary>
    private async Task<long> KeysThatStayAsync() =>
        (long)
            await limited.CommandAsync(
                "EVAL",
                """
                local staying = 0
                for _, key in ipairs(redis.call('KEYS', '*')) do
                  local life = redis.call('PTTL', key)
                  if life < 0 or life > 61000 then staying = staying + 1 end
                end
                return staying
                """,
                0
            );

    private async Task<long> SizeAsync() => (long)await limited.CommandAsync("DBSIZE");

    private long Memory()
    {
        using var process = Process.GetProcessById(limited.Service.Process.Id);
        return process.WorkingSet64;
    }
}
