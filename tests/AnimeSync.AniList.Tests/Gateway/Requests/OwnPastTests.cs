using AnimeSync.AniList.Tests.Gateway.Budget;
using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>A user's own answers: seen again for a moment, by nobody else, and never from before a change.</summary>
public sealed class OwnPastTests(BudgetRedis redis)
{
    private const string Query = "{Viewer{name} Media(id:1){id}}";
    private const string Save = "mutation{SaveMediaListEntry(mediaId:1,progress:3){id}}";

    private readonly Guid _rin = Guid.NewGuid();
    private readonly Guid _mika = Guid.NewGuid();
    private int _version;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_callers_answer_is_never_anothers_under_way_or_kept(bool hasRedis)
    {
        await using var world = new GatewayWorld(hasRedis ? redis.Connection : null, processes: 2)
        {
            AniList = TellAsync,
        };

        for (var round = 0; round < 2; round++)
        {
            var asked = Enumerable.Range(0, 40).Select(i => (i % 4 < 2, Answer: AskAsync(world, i % 4 < 2, i % 2)));
            foreach (var (isRin, answer) in asked.ToList())
            {
                Assert.StartsWith(isRin ? "rin " : "mika ", await answer);
            }
        }

        // A round costs each of them one call, or none when it is kept; without Redis one in each process.
        Assert.InRange(world.Sent.Count, 2, hasRedis ? 4 : 8);
    }

    [Fact]
    public async Task A_change_is_seen_at_once_in_every_process()
    {
        await using var world = new GatewayWorld(redis.Connection, processes: 2) { AniList = TellAsync };
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"rin {i}", await AskAsync(world, isRin: true, process: i % 2));
            Assert.Equal($"rin {i}", await AskAsync(world, isRin: true, process: (i + 1) % 2));

            using var saved = await world.AskAsync(Save, _rin, "rin", process: i % 2);

            Assert.Null(saved.Failure);
            Assert.Equal($"rin {i + 1}", await AskAsync(world, isRin: true, process: (i + 1) % 2));
        }
    }

    [Fact]
    public async Task A_read_that_began_before_a_change_is_not_kept_beyond_it()
    {
        await using var world = new GatewayWorld(redis.Connection, processes: 2) { AniList = TellAsync };
        var old = new TaskCompletionSource<HttpResponseMessage>();
        world.AniList = _ => old.Task;
        var slow = AskAsync(world, isRin: true, process: 0);
        await Eventually.TrueAsync(() => Task.FromResult(world.Sent.Count == 1));
        world.AniList = TellAsync;

        using var saved = await world.AskAsync(Save, _rin, "rin", process: 1);
        var meanwhile = await AskAsync(world, isRin: true, process: 0);
        old.SetResult(Viewer("rin 0"));

        Assert.Equal(("rin 0", "rin 1"), (await slow, meanwhile));
        Assert.Equal("rin 1", await AskAsync(world, isRin: true, process: 0));
        Assert.Equal("rin 1", await AskAsync(world, isRin: true, process: 1));
    }

    [Fact]
    public async Task A_change_that_Redis_did_not_hear_of_is_told_later_and_the_past_not_shown_meanwhile()
    {
        using var server = await new RedisServer().StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            BudgetRedis.Configuration(server.Address)
        );
        await using var world = new GatewayWorld(connection, processes: 2) { AniList = TellAsync };
        Assert.Equal("rin 0", await AskAsync(world, isRin: true, process: 0));

        // A question that gets no answer has Redis left alone for a second, in which the change happens.
        server.Pause();
        Assert.StartsWith("mika ", await AskAsync(world, isRin: false, process: 0));
        server.Resume();
        using var saved = await world.AskAsync(Save, _rin, "rin", process: 0);
        Assert.Null(saved.Failure);

        world.Clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("rin 1", await AskAsync(world, isRin: true, process: 0));
        await Eventually.TrueAsync(async () => await AskAsync(world, isRin: true, process: 1) == "rin 1");
    }

    private async Task<string> AskAsync(GatewayWorld world, bool isRin, int process)
    {
        using var answer = await world.AskAsync(Query, isRin ? _rin : _mika, isRin ? "rin" : "mika", process);
        Assert.Null(answer.Failure);
        return GatewayWorld.TextOf(answer).Split('"')[7];
    }

    private async Task<HttpResponseMessage> TellAsync(SentRequest sent)
    {
        await Task.Delay(20);
        if (sent.Query.StartsWith("mutation", StringComparison.Ordinal))
        {
            _version++;
        }

        return Viewer($"{sent.Token} {_version}");
    }

    private static HttpResponseMessage Viewer(string name) =>
        GatewayWorld.Json($"{{\"data\":{{\"Viewer\":{{\"name\":\"{name}\"}}}}}}");
}
