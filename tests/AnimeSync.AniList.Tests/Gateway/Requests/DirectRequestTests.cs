using System.Text;
using AnimeSync.AniList.Gateway;
using AnimeSync.AniList.Tests.Gateway.Budget;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>Requests of the service's own: past everything kept, and with the last word when their turn has come.</summary>
public sealed class DirectRequestTests(BudgetRedis redis)
{
    private const string Query = "{Viewer{name}}";

    private readonly Guid _rin = Guid.NewGuid();
    private int _version;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_goes_past_what_is_kept_and_a_change_makes_every_process_forget_it()
    {
        await using var world = new GatewayWorld(redis.Connection, processes: 2) { AniList = TellAsync };
        Assert.Equal("0", await AskAsync(world, process: 0));
        Assert.Equal("0", await AskAsync(world, process: 1));

        using var read = await world.Gateway().SendAsync(Request(Lane.Background), Cancellation);
        Assert.Equal(2, world.Sent.Count);
        Assert.Equal(AnswerSource.Live, read!.Source);
        using var changed = await world
            .Gateway()
            .SendAsync(
                Request(Lane.Writes, "mutation{DeleteMediaListEntry(id:1){deleted}}", isChange: true),
                Cancellation
            );

        Assert.Null(changed!.Failure);
        Assert.Equal("1", await AskAsync(world, process: 1));
        Assert.Equal("1", await AskAsync(world, process: 0));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task A_read_is_sent_once_more_after_a_lost_answer_and_a_change_is_not(bool isChange, int requests)
    {
        await using var world = new GatewayWorld
        {
            AniList = _ => Task.FromException<HttpResponseMessage>(new HttpRequestException("reset")),
        };

        using var answer = await world.Gateway().SendAsync(Request(Lane.Reads, Query, isChange), Cancellation);

        Assert.Equal(AniListFailure.Unreachable, answer!.Failure);
        Assert.Equal(requests, world.Sent.Count);
    }

    [Fact]
    public async Task What_is_sent_is_decided_when_the_turn_has_come_and_again_after_a_pause()
    {
        var asked = 0;
        await using var world = new GatewayWorld();
        world.AniList = _ =>
            Task.FromResult(
                world.Sent.Count == 1
                    ? GatewayWorld.Json(
                        """{"data":null,"errors":[{"message":"Too Many Requests.","status":429}]}""",
                        429,
                        ("Retry-After", "1")
                    )
                    : GatewayWorld.Json("""{"data":{}}""")
            );

        using var answer = await world
            .Gateway()
            .SendAsync(Request(Lane.Writes, () => $"query Try{++asked}{{GenreCollection}}"), Cancellation);

        Assert.Null(answer!.Failure);
        Assert.Equal(
            ["query Try1{GenreCollection}", "query Try2{GenreCollection}"],
            world.Sent.Select(sent => sent.Query)
        );
    }

    [Fact]
    public async Task Nothing_is_sent_when_it_is_taken_back_or_its_time_is_over()
    {
        await using var world = new GatewayWorld();

        Assert.Null(
            await world.Gateway().SendAsync(new(Lane.Writes, _rin, _ => new((DirectRequestBody?)null)), Cancellation)
        );
        var late = new DirectRequestBody(BodyOf(Query), TimeSpan.Zero);
        Assert.Null(await world.Gateway().SendAsync(new(Lane.Writes, _rin, _ => new(late)), Cancellation));

        Assert.Empty(world.Sent);
    }

    [Fact]
    public async Task What_the_asker_throws_is_thrown_to_the_asker_alone()
    {
        await using var world = new GatewayWorld();

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() =>
            world.Gateway().SendAsync(new(Lane.Writes, _rin, _ => throw new TimeoutException("lease")), Cancellation)
        );

        Assert.Equal("lease", thrown.Message);
        using var next = await world.Gateway().SendAsync(Request(Lane.Writes), Cancellation);
        Assert.Null(next!.Failure);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_the_time_that_is_left_is_lost()
    {
        await using var world = new GatewayWorld
        {
            AniList = _ => new TaskCompletionSource<HttpResponseMessage>().Task,
        };
        var body = new DirectRequestBody(BodyOf(Query), TimeSpan.FromMilliseconds(200));

        using var answer = await world
            .Gateway()
            .SendAsync(new(Lane.Writes, _rin, _ => new(body)) { IsChange = true }, Cancellation);

        Assert.Equal(AniListFailure.Timeout, answer!.Failure);
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task A_probe_that_is_taken_back_leaves_its_place_to_the_next()
    {
        await using var world = new GatewayWorld
        {
            AniList = _ => Task.FromException<HttpResponseMessage>(new HttpRequestException("away")),
        };
        for (var i = 0; i < 5; i++)
        {
            using var failed = await world
                .Gateway()
                .SendAsync(Request(Lane.Writes, Query, isChange: true), Cancellation);
        }

        world.AniList = _ => Task.FromResult(GatewayWorld.Json("""{"data":{}}"""));
        using var refused = await world.Gateway().SendAsync(Request(Lane.Writes), Cancellation);
        world.Clock.Pass(TimeSpan.FromSeconds(15));
        Assert.Null(
            await world.Gateway().SendAsync(new(Lane.Writes, _rin, _ => new((DirectRequestBody?)null)), Cancellation)
        );
        using var answer = await world.Gateway().SendAsync(Request(Lane.Writes), Cancellation);

        Assert.Equal((AniListFailure.Unreachable, null), (refused!.Failure, answer!.Failure));
    }

    [Fact]
    public async Task Without_a_token_that_works_nothing_is_sent_and_without_need_none_is()
    {
        await using var world = new GatewayWorld();

        using var dead = await world
            .Gateway()
            .SendAsync(Request(Lane.Writes) with { OpenToken = _ => new((string?)null) }, Cancellation);
        using var open = await world
            .Gateway()
            .SendAsync(Request(Lane.Background) with { OpenToken = null }, Cancellation);

        Assert.Equal((AniListFailure.InvalidToken, null), (dead!.Failure, open!.Failure));
        Assert.Null(Assert.Single(world.Sent).Token);
    }

    private DirectRequest Request(Lane lane, string query = Query, bool isChange = false) =>
        Request(lane, () => query) with
        {
            IsChange = isChange,
        };

    private DirectRequest Request(Lane lane, Func<string> query) =>
        new(lane, _rin, _ => new(new DirectRequestBody(BodyOf(query())))) { OpenToken = _ => new("rin") };

    private async Task<string> AskAsync(GatewayWorld world, int process)
    {
        using var answer = await world.AskAsync(Query, _rin, "rin", process);
        Assert.Null(answer.Failure);
        return GatewayWorld.TextOf(answer).Split('"')[7];
    }

    private Task<HttpResponseMessage> TellAsync(SentRequest sent)
    {
        _version += sent.Query.StartsWith("mutation", StringComparison.Ordinal) ? 1 : 0;
        return Task.FromResult(GatewayWorld.Json($"{{\"data\":{{\"Viewer\":{{\"name\":\"{_version}\"}}}}}}"));
    }

    private static byte[] BodyOf(string query) => Encoding.UTF8.GetBytes($"{{\"query\":\"{query}\"}}");
}
