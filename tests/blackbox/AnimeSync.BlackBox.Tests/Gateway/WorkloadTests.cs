using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace AnimeSync.BlackBox.Tests.Gateway;

/// <summary>What a crowd costs AniList, counted by the sandbox itself.</summary>
[Collection(GatewayReplicas.Alone)]
public sealed class WorkloadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_who_ask_the_same_at_two_replicas_cost_one_request()
    {
        await using var world = await GatewayReplicas.StartAsync(2, ("ANILIST_REQUESTS_PER_MINUTE", "600"));
        await world.AllowAsync(600);
        var token = (await world.SignInAsync(1))[0];
        await world.LimitAsync(600, token);
        var clients = new[] { world.ClientOf(token), world.ClientOf(token, 1) };

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 500)
                .Select(i => GatewayReplicas.SendAsync(clients[i % 2], "{Media(id:1){id title{romaji}}}"))
        );

        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("\"id\":1", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.Single(await world.JournalAsync());
    }

    [Fact]
    public async Task A_thousand_different_titles_for_fifty_people_cost_at_most_twenty_five_requests()
    {
        await using var world = await GatewayReplicas.StartAsync(1, ("ANILIST_REQUESTS_PER_MINUTE", "600"));
        await world.AllowAsync(600);
        var tokens = await world.SignInAsync(50);
        await world.LimitAsync(600, tokens[0]);

        var answers = await Task.WhenAll(
            tokens.SelectMany(
                (token, user) =>
                {
                    var client = world.ClientOf(token);
                    return Enumerable
                        .Range(0, 20)
                        .Select(async title =>
                        {
                            var id = 900_001 + user * 20 + title;
                            using var answer = await GatewayReplicas.SendAsync(client, TitleQuery(id));
                            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                            return (id, await answer.Content.ReadAsStringAsync(Cancellation));
                        });
                }
            )
        );

        Assert.All(answers, answer => Assert.StartsWith($"{{\"data\":{{\"Media\":{{\"id\":{answer.id},", answer.Item2));
        Assert.InRange((await world.JournalAsync()).Count, 20, 25);
    }

    [Fact]
    public async Task Ten_thousand_requests_as_people_make_them_cost_at_most_sixty()
    {
        await using var world = await GatewayReplicas.StartAsync(1, ("ANILIST_REQUESTS_PER_MINUTE", "600"));
        await world.AllowAsync(600);
        var token = (await world.SignInAsync(1))[0];
        await world.LimitAsync(600, token);
        var client = world.ClientOf(token);
        var titles = new Zipf(500);
        var left = 10_000;
        var waits = new List<TimeSpan>();

        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(async _ =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                    {
                        var began = Stopwatch.GetTimestamp();
                        using var answer = await GatewayReplicas.SendAsync(client, TitleQuery(900_001 + titles.Next()));
                        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                        lock (waits)
                        {
                            waits.Add(Stopwatch.GetElapsedTime(began));
                        }
                    }
                })
        );

        waits.Sort();
        Assert.Equal(10_000, waits.Count);
        Assert.InRange(waits[9_900], TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.InRange((await world.JournalAsync()).Count, 1, 60);
    }

    [Fact]
    public async Task Ten_busy_people_get_the_budget_and_a_lone_write_does_not_wait_for_them()
    {
        await using var world = await GatewayReplicas.StartAsync(2);
        var tokens = await world.SignInAsync(11);
        // What the sign-ins used up would count.
        await world.LimitAsync(120, tokens[0]);
        var began = Stopwatch.GetTimestamp();
        var busy = tokens
            .Take(10)
            .SelectMany(
                (token, user) =>
                    Enumerable
                        .Range(0, 40)
                        .Select(i =>
                            GatewayReplicas.SendAsync(world.ClientOf(token, user), $"{{Viewer{{u{user}r{i}:id}}}}")
                        )
            )
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(4), Cancellation);

        var asked = Stopwatch.GetTimestamp();
        using var written = await GatewayReplicas.SendAsync(
            world.ClientOf(tokens[10], 1),
            "mutation{SaveMediaListEntry(mediaId:1,progress:1){progress}}"
        );
        var writeWait = Stopwatch.GetElapsedTime(asked);
        var answers = await Task.WhenAll(busy);
        var took = Stopwatch.GetElapsedTime(began);

        Assert.Equal(HttpStatusCode.OK, written.StatusCode);
        Assert.InRange(writeWait, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await AssertHonestRefusalAsync(answer);
        }

        var journal = await world.JournalAsync();
        Assert.DoesNotContain(journal, request => request.GetProperty("limited").GetBoolean());
        // Evenly refilled at (limit - burst) per 61 s, after an empty start.
        var budget = took.TotalSeconds * (120 - 4) / 61;
        Assert.InRange(journal.Count, 0.8 * budget, budget + 5);
        Assert.Equal(journal.Count - 1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Three_times_the_limit_is_three_times_the_throughput_without_a_restart()
    {
        await using var world = await GatewayReplicas.StartAsync(2);
        var tokens = await world.SignInAsync(4);
        await world.LimitAsync(120, tokens[0]);
        using var stop = new CancellationTokenSource();
        var busy = Enumerable
            .Range(0, 40)
            .Select(async worker =>
            {
                var client = world.ClientOf(tokens[worker % 4], worker);
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    using var answer = await GatewayReplicas.SendAsync(client, $"{{Viewer{{w{worker}r{i}:id}}}}");
                    if (answer.StatusCode != HttpStatusCode.OK)
                    {
                        await AssertHonestRefusalAsync(answer);
                        await Task.Delay(200);
                    }
                }
            })
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(15), Cancellation);
        await world.AllowAsync(360);
        await Task.Delay(TimeSpan.FromSeconds(20), Cancellation);
        await stop.CancelAsync();
        await Task.WhenAll(busy);

        var journal = await world.JournalAsync();
        var times = journal.Select(request => request.GetProperty("at").GetDateTimeOffset()).Order().ToList();
        var before = times.Count(at => at - times[0] < TimeSpan.FromSeconds(12));
        // The second half of what came after: by then everybody has long heard of it.
        var after = times.Count(at => times[^1] - at < TimeSpan.FromSeconds(12));
        Assert.InRange((double)after / before, 2.4, 3.6);
        Assert.DoesNotContain(journal, request => request.GetProperty("limited").GetBoolean());
    }

    private static async Task AssertHonestRefusalAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal("/problems/anilist-rate-limited", problem.GetProperty("type").GetString());
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
    }

    private static string TitleQuery(int id) =>
        string.Create(CultureInfo.InvariantCulture, $"{{Media(id:{id}){{id title{{romaji}} episodes status}}}}");

    /// <summary>Ranks from 0, the first one most often: rank r with weight 1 / (r + 1).</summary>
    private sealed class Zipf(int count)
    {
        private readonly double[] _sums = Sums(count);

        public int Next()
        {
            var at = Array.BinarySearch(_sums, _sums[^1] * RandomNumberGenerator.GetInt32(int.MaxValue) / int.MaxValue);
            return at < 0 ? ~at : at;
        }

        private static double[] Sums(int count)
        {
            var sums = new double[count];
            for (var rank = 0; rank < count; rank++)
            {
                sums[rank] = (rank > 0 ? sums[rank - 1] : 0) + 1.0 / (rank + 1);
            }

            return sums;
        }
    }
}
