using System.Collections.Concurrent;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>What is asked again by itself, and what is not.</summary>
public sealed class RepeatTests
{
    private static readonly Guid _rin = Guid.NewGuid();
    private static readonly Guid _mika = Guid.NewGuid();

    [Theory]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1,progress:3){id progress}}", 2)]
    [InlineData("{Viewer{id}}", 2)]
    [InlineData("{Media(id:1){id}}", 2)]
    [InlineData("mutation{ToggleFavourite(animeId:1){anime{nodes{id}}}}", 1)]
    [InlineData("{Page{notifications(resetNotificationCount:true){__typename}}}", 1)]
    public async Task After_a_lost_answer_only_what_does_no_harm_twice_is_sent_again(string query, int times)
    {
        await using var world = new GatewayWorld { AniList = _ => throw new HttpRequestException("Reset.") };

        using var answer = await world.AskAsync(query);

        Assert.Equal(AniListFailure.Unreachable, answer.Failure);
        Assert.Equal(times, world.Sent.Count);
        Assert.Single(world.Sent.Distinct());
    }

    [Fact]
    public async Task Titles_of_which_AniList_tells_nothing_but_the_id_are_asked_for_again_alone()
    {
        await using var world = new GatewayWorld
        {
            AniList = sent =>
                Task.FromResult(
                    GatewayWorld.Json(
                        sent.Query.StartsWith("query{", StringComparison.Ordinal)
                            ? """{"data":{"m0":{"media":[{"animesync_id":1},{"animesync_id":5 , "idMal":5}]}}}"""
                            : """{"data":{"Media":{"idMal":1}}}"""
                    )
                ),
        };

        var answers = await Task.WhenAll(
            world.AskAsync("{Media(id:1){idMal}}"),
            world.AskAsync("{Media(id:5){idMal}}")
        );

        Assert.Equal(
            ["""{"data":{"Media":{"idMal":1}}}""", """{"data":{"Media":{"idMal":5}}}"""],
            answers.Select(GatewayWorld.TextOf)
        );
    }

    [Fact]
    public async Task A_dead_token_is_tried_once_whatever_waits_for_its_turn_and_stops_nobody_else()
    {
        var held = new TaskCompletionSource();
        await using var world = new GatewayWorld(perMinute: 240, burst: 1)
        {
            AniList = async sent =>
            {
                await held.Task;
                return sent.Token == "dead"
                    ? GatewayWorld.Json("""{"errors":[{"message":"Invalid token","status":400}],"data":null}""", 400)
                    : GatewayWorld.Json("""{"data":{}}""");
            },
        };
        var dead = Enumerable
            .Range(0, 5)
            .Select(i => world.AskAsync($"{{Viewer{{a{i}:id}}}}", _rin, "dead"))
            .Append(world.AskAsync("mutation{SaveMediaListEntry(mediaId:1,progress:3){id}}", _rin, "dead"))
            .ToList();
        var others = Enumerable.Range(0, 2).Select(i => world.AskAsync($"{{Viewer{{b{i}:id}}}}", _mika)).ToList();
        await RedisRateLimiting.Tests.Infrastructure.Eventually.TrueAsync(() =>
            Task.FromResult(world.Sent.Any(sent => sent.Token == "dead"))
        );
        held.SetResult();

        Assert.All(await Task.WhenAll(dead), answer => Assert.Equal(AniListFailure.InvalidToken, answer.Failure));
        Assert.All(await Task.WhenAll(others), answer => Assert.Null(answer.Failure));
        Assert.InRange(world.Sent.Count(sent => sent.Token == "dead"), 1, 2);
    }

    [Fact]
    public async Task Questions_of_one_caller_never_answer_another()
    {
        await using var world = new GatewayWorld
        {
            AniList = async sent =>
            {
                await Task.Delay(20);
                return GatewayWorld.Json($"{{\"data\":{{\"Viewer\":{{\"name\":\"{sent.Token}\"}}}}}}");
            },
        };
        var seen = new ConcurrentBag<(string Asked, string Got)>();
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(async i =>
                {
                    var (asker, token) = i % 2 == 0 ? (_rin, "rin") : (_mika, "mika");
                    using var answer = await world.AskAsync("{Viewer{name} Media(id:1){id}}", asker, token);
                    seen.Add((token, GatewayWorld.TextOf(answer)));
                })
        );

        Assert.Equal(100, seen.Count);
        Assert.All(seen, pair => Assert.Contains($"\"{pair.Asked}\"", pair.Got, StringComparison.Ordinal));
    }
}
