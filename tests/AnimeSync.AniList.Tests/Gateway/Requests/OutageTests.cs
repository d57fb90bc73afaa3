using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>AniList is away: what was seen before is still served, and AniList is hardly asked.</summary>
public sealed class OutageTests
{
    // A community's question: fresh for a minute, and 10 minutes later long past the time of being given out unasked.
    private const string Query = "{Page(perPage:3){threads{id title}}}";
    private const string Body = """{"data":{"Page":{"threads":[]}}}""";

    private static readonly string[] _seen =
    [
        .. Enumerable.Range(0, 20).Select(i => $"{{Page(perPage:{i + 1}){{threads{{id title}}}}}}"),
    ];

    [Fact]
    public async Task Ten_minutes_without_AniList_serve_everything_seen_before_and_cost_one_request_at_each_probe()
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(Body)) };
        foreach (var query in _seen)
        {
            using var before = await world.AskAsync(query);
            Assert.Equal(AnswerSource.Live, before.Source);
        }

        world.Clock.Pass(TimeSpan.FromMinutes(6));
        world.AniList = _ => throw new HttpRequestException("Nobody listens.");
        await AssertStaleAsync(world);
        await AssertStaleAsync(world);
        var asked = world.Sent.Count;
        var probes = new List<int>();
        for (var second = 5; second <= 600; second += 5)
        {
            world.Clock.Pass(TimeSpan.FromSeconds(5));
            await AssertStaleAsync(world);
            Assert.InRange(world.Sent.Count - asked, 0, 1);
            if (world.Sent.Count > asked)
            {
                probes.Add(second);
                asked = world.Sent.Count;
            }
        }

        Assert.Equal([15, 45, 105, 165, 225, 285, 345, 405, 465, 525, 585], probes);

        world.AniList = _ => Task.FromResult(GatewayWorld.Json(Body));
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        using var after = await world.AskAsync(Query);
        Assert.Equal(AnswerSource.Live, after.Source);
        using var mine = await world.AskAsync("{Viewer{id}}");
        Assert.Null(mine.Failure);
    }

    [Fact]
    public async Task Many_who_ask_when_the_probe_is_due_are_one_request()
    {
        await using var world = new GatewayWorld
        {
            AniList = _ =>
                Task.FromResult(
                    GatewayWorld.Json(
                        """{"errors":[{"message":"The AniList API has been temporarily disabled due to severe stability issues."}],"data":null}""",
                        403
                    )
                ),
        };
        using var first = await world.AskAsync("{Viewer{id}}");
        Assert.Equal((AniListFailure.Disabled, 1), (first.Failure!.Value, world.Sent.Count));
        var back = new TaskCompletionSource<HttpResponseMessage>();
        world.AniList = _ => back.Task;
        world.Clock.Pass(TimeSpan.FromSeconds(15));

        var asked = Enumerable.Range(0, 50).Select(i => world.AskAsync($"{{Viewer{{a{i}:id}}}}")).ToList();
        await Task.WhenAny(Task.WhenAll(asked.Skip(1)), Task.Delay(2000, TestContext.Current.CancellationToken));
        Assert.Equal(2, world.Sent.Count);
        Assert.Equal(49, asked.Count(answer => answer.IsCompleted));
        back.SetResult(GatewayWorld.Json("""{"data":{}}"""));
        var answers = await Task.WhenAll(asked);
        world.AniList = _ => Task.FromResult(GatewayWorld.Json(Body));

        Assert.Single(answers, answer => answer.Failure is null);
        Assert.All(
            answers.Where(answer => answer.Failure is not null),
            answer => Assert.InRange(answer.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60))
        );
        using var next = await world.AskAsync("{Viewer{name}}");
        Assert.Null(next.Failure);
    }

    private static async Task AssertStaleAsync(GatewayWorld world)
    {
        foreach (var query in _seen)
        {
            using var answer = await world.AskAsync(query);
            Assert.Equal((AnswerSource.Stale, Body), (answer.Source, GatewayWorld.TextOf(answer)));
            Assert.InRange(answer.Age, TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(20));
        }
    }
}
