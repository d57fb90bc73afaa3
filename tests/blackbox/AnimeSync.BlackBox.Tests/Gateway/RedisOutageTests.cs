using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using RedisRateLimiting.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Gateway;

[Collection(GatewayReplicas.Alone)]
public sealed class RedisOutageTests
{
    private const int PerMinute = 240;
    private const int Burst = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Redis_killed_under_load_costs_AniList_no_request_too_many_and_nobody_a_dishonest_answer()
    {
        using var redis = await new RedisServer().StartAsync();
        await using var world = await GatewayReplicas.StartAsync(2, ("REDIS_URL", $"redis://{redis.Address}"));
        var tokens = await world.SignInAsync(4);
        await world.LimitAsync(PerMinute, tokens[0]);
        using var stop = new CancellationTokenSource();
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var busy = Enumerable.Range(0, 24).Select(worker => AskAsync(worker)).ToList();

        await Task.Delay(TimeSpan.FromSeconds(12), Cancellation);
        redis.Kill();
        await Task.Delay(TimeSpan.FromSeconds(15), Cancellation);
        await redis.StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(10), Cancellation);
        using var observed = new HttpClient();
        var metrics = await observed.GetStringAsync($"http://{world.Service.Admin}/metrics", Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(10), Cancellation);
        await stop.CancelAsync();
        await Task.WhenAll(busy);

        Assert.Matches(@"animesync_anilist_budget_degraded\S* 0", metrics);
        var journal = await world.JournalAsync();
        Assert.DoesNotContain(journal, request => request.GetProperty("limited").GetBoolean());
        AssertNeverTooMany([.. journal.Select(request => request.GetProperty("at").GetDateTimeOffset()).Order()]);
        Assert.True(statuses.GetValueOrDefault(HttpStatusCode.OK) > 50, string.Join(' ', statuses));
        Assert.Equal(
            0,
            statuses.Keys.Count(code => code is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable))
        );
        await world.Service.AssertAliveAsync();

        async Task AskAsync(int worker)
        {
            var client = world.ClientOf(tokens[worker % 4], worker);
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var query =
                    worker < 8 ? $"{{Media(id:{900_001 + i}){{w{worker}:id}}}}" : $"{{Viewer{{w{worker}r{i}:id}}}}";
                using var answer = await GatewayReplicas.SendAsync(client, query);
                statuses.AddOrUpdate(answer.StatusCode, 1, static (_, count) => count + 1);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
                    Assert.Equal("/problems/anilist-rate-limited", problem.GetProperty("type").GetString());
                    Assert.NotNull(answer.Headers.RetryAfter);
                    await Task.Delay(200, Cancellation);
                }
            }
        }
    }

    /// <summary>Any stretch of the run holds at most its share of a minute and a burst.</summary>
    private static void AssertNeverTooMany(IReadOnlyList<DateTimeOffset> times)
    {
        for (var first = 0; first < times.Count; first++)
        {
            for (var last = first + 1; last < times.Count; last++)
            {
                var share = Burst + (times[last] - times[first]).TotalSeconds * (PerMinute - Burst) / 61;
                // Requests take unequally long to get there: half a second's worth of difference.
                Assert.InRange(last - first + 1, 0, share + 3);
            }
        }
    }
}
