using AnimeSync.AniList.Tests.Gateway.Budget;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>One call for everybody who asks the same, here and in other processes, whoever of them goes away.</summary>
public sealed class SharedCallTests(BudgetRedis redis)
{
    private const string Mine = "{Viewer{id}}";
    private const string Everybodys = "{Media(id:1){id}}";

    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new();

    [Theory]
    [InlineData(Mine)]
    [InlineData(Everybodys)]
    public async Task Who_goes_away_cancels_nobody_else(string query)
    {
        await using var world = new GatewayWorld { AniList = _ => _answer.Task };
        using var leaving = new CancellationTokenSource();
        var first = world.AskAsync(query, cancellationToken: leaving.Token);
        var second = world.AskAsync(query);
        await BecomesAsync(() => world.Sent.Count == 1);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _answer.SetResult(GatewayWorld.Json("""{"data":{"id":1}}"""));

        Assert.Equal("""{"data":{"id":1}}""", GatewayWorld.TextOf(await second));
        Assert.Single(world.Sent);
    }

    [Theory]
    [InlineData(Mine)]
    [InlineData(Everybodys)]
    public async Task Whoever_comes_after_all_have_gone_gets_the_answer_that_is_on_its_way(string query)
    {
        await using var world = new GatewayWorld { AniList = _ => _answer.Task };
        using var leaving = new CancellationTokenSource();
        var gone = world.AskAsync(query, cancellationToken: leaving.Token);
        await BecomesAsync(() => world.Sent.Count == 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        var late = world.AskAsync(query);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        _answer.SetResult(GatewayWorld.Json("""{"data":{"id":1}}"""));

        Assert.Equal("""{"data":{"id":1}}""", GatewayWorld.TextOf(await late));
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task A_document_that_AniList_refuses_for_another_operation_in_it_is_its_senders_alone()
    {
        const string refused = """{"errors":[{"message":"Cannot query field.","status":400}],"data":null}""";
        await using var world = new GatewayWorld
        {
            AniList = sent =>
                Task.FromResult(
                    sent.Query.Contains("nonsense", StringComparison.Ordinal)
                        ? GatewayWorld.Json(refused, 400)
                        : GatewayWorld.Json("""{"data":{"id":1}}""")
                ),
        };

        var spoiler = world.AskAsync($"query Asked{Everybodys} query Other{{nonsense}}");
        var honest = world.AskAsync(Everybodys);

        Assert.Equal(refused, GatewayWorld.TextOf(await spoiler));
        Assert.Equal("""{"data":{"id":1}}""", GatewayWorld.TextOf(await honest));
    }

    [Fact]
    public async Task A_question_that_nobody_waits_for_any_more_is_not_asked()
    {
        await using var world = new GatewayWorld { AniList = _ => _answer.Task };
        using var leaving = new CancellationTokenSource();

        // A cold public read waits for companions first.
        var gone = world.AskAsync(Everybodys, cancellationToken: leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Task.Delay(300, TestContext.Current.CancellationToken);

        Assert.Empty(world.Sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_failure_is_everybodys_and_costs_one_call(int processes)
    {
        await using var world = new GatewayWorld(redis.Connection, processes) { AniList = _ => _answer.Task };
        var asked = Enumerable.Range(0, 20).Select(i => world.AskAsync(Everybodys, process: i % processes)).ToList();
        await BecomesAsync(() => world.Sent.Count == 1);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        _answer.SetResult(GatewayWorld.Json("<html>"));

        var answers = await Task.WhenAll(asked);

        Assert.All(answers, answer => Assert.Equal(AniListFailure.Broken, answer.Failure));
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task Who_goes_away_from_the_process_whose_turn_it_is_leaves_the_turn_to_the_others()
    {
        await using var world = new GatewayWorld(redis.Connection, processes: 2)
        {
            AniList = _ => Task.FromResult(GatewayWorld.Json("""{"data":{"Media":{"id":1}}}""")),
        };
        for (var i = 0; i < 20; i++)
        {
            var query = $"{{Media(id:1){{a{i}:id}}}}";
            using var leaving = new CancellationTokenSource();
            var holder = world.AskAsync(query, process: 0, cancellationToken: leaving.Token);
            var other = world.AskAsync(query, process: 1);
            await Task.Delay(i * 3, TestContext.Current.CancellationToken);
            await leaving.CancelAsync();
            await Task.WhenAny(holder);

            var answer = await other.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

            Assert.Null(answer.Failure);
        }
    }

    private static Task BecomesAsync(Func<bool> isSo) =>
        RedisRateLimiting.Tests.Infrastructure.Eventually.TrueAsync(() => Task.FromResult(isSo()));
}
