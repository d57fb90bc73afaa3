using System.Diagnostics;
using System.Net;

namespace AnimeSync.BlackBox.Tests.Gateway;

[Collection(GatewayReplicas.Alone)]
public sealed class ReplicaFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_killed_while_it_is_asking_is_followed_by_the_other_within_seconds()
    {
        await using var world = await GatewayReplicas.StartAsync(2);
        var token = (await world.SignInAsync(1))[0];
        await world.LimitAsync(600, token);
        using var hung = await world.ControlAsync(
            HttpMethod.Post,
            "/_sandbox/faults",
            new
            {
                match = "Media",
                kind = "hang",
                times = 1,
            }
        );
        hung.EnsureSuccessStatusCode();
        var dying = GatewayReplicas.SendAsync(world.ClientOf(token, 1), "{Media(id:1){id}}");
        await RedisRateLimiting.Tests.Infrastructure.Eventually.TrueAsync(async () =>
            (await world.JournalAsync()).Count == 1
        );

        var waiting = GatewayReplicas.SendAsync(world.ClientOf(token), "{Media(id:1){id}}");
        await Task.Delay(500, Cancellation);
        Assert.False(waiting.IsCompleted);
        await world.KillOtherAsync();
        var killed = Stopwatch.GetTimestamp();
        using var answer = await waiting;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        await Assert.ThrowsAsync<HttpRequestException>(() => dying);
        Assert.Equal(2, (await world.JournalAsync()).Count);
    }

    [Fact]
    public async Task A_third_of_the_limit_is_kept_at_once_in_both_processes()
    {
        await using var world = await GatewayReplicas.StartAsync(2);
        var tokens = await world.SignInAsync(4);
        await world.LimitAsync(360, tokens[0]);
        using var stop = new CancellationTokenSource();
        var busy = Enumerable
            .Range(0, 24)
            .Select(async worker =>
            {
                var client = world.ClientOf(tokens[worker % 4], worker);
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    using var answer = await GatewayReplicas.SendAsync(client, $"{{Viewer{{w{worker}r{i}:id}}}}");
                    await Task.Delay(answer.IsSuccessStatusCode ? 0 : 200, Cancellation);
                }
            })
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(12), Cancellation);
        await world.AllowAsync(120);
        await Task.Delay(TimeSpan.FromSeconds(16), Cancellation);
        await stop.CancelAsync();
        await Task.WhenAll(busy);

        var journal = await world.JournalAsync();
        var times = journal.Select(request => request.GetProperty("at").GetDateTimeOffset()).Order().ToList();
        var before = times.Count(at => at - times[0] < TimeSpan.FromSeconds(10));
        var after = times.Count(at => times[^1] - at < TimeSpan.FromSeconds(10));
        Assert.InRange((double)before / after, 2.4, 3.6);
        Assert.DoesNotContain(journal, request => request.GetProperty("limited").GetBoolean());
    }
}
