using System.Net;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>What is kept is good data and, for a minute, that there is no such thing.</summary>
public sealed class KeptAnswerTests
{
    private const string Query = "{Page(perPage:3){threads{id title}}}";
    private const string Good = """{"data":{"Page":{"threads":[]}}}""";
    private const string NotFound = """{"errors":[{"message":"Not Found.","status":404}],"data":{"Page":null}}""";
    private const string Partial =
        """{"errors":[{"message":"Internal Server Error","status":500}],"data":{"Page":{"threads":null}}}""";

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"data":{"Page":{"thre""")]
    [InlineData(200, """{"errors":[{"message":"Internal Server Error","status":500}],"data":null}""")]
    [InlineData(200, Partial)]
    [InlineData(200, NotFound)]
    [InlineData(500, """{"errors":[{"message":"Internal Server Error","status":500}],"data":null}""")]
    [InlineData(400, """{"errors":[{"message":"validation","status":400}],"data":null}""")]
    [InlineData(400, """{"errors":[{"message":"Max query complexity should be 500 but got 600."}],"data":null}""")]
    [InlineData(403, """{"errors":[{"message":"Private User","status":403}],"data":null}""")]
    [InlineData(302, Good)]
    public async Task A_failure_is_told_and_not_kept(int status, string body)
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(body, status)) };

        using var failed = await world.AskAsync(Query);
        world.AniList = _ => Task.FromResult(GatewayWorld.Json(Good));
        using var next = await world.AskAsync(Query);

        Assert.NotNull(failed.Failure);
        if (failed.StatusCode is { } told)
        {
            Assert.Equal(((HttpStatusCode)status, body), (told, GatewayWorld.TextOf(failed)));
        }

        Assert.Equal((null, AnswerSource.Live, Good), (next.Failure, next.Source, GatewayWorld.TextOf(next)));
    }

    [Theory]
    [InlineData(200, Partial)]
    [InlineData(500, """{"errors":[{"message":"Internal Server Error","status":500}],"data":null}""")]
    [InlineData(200, "<html>")]
    public async Task A_failure_never_replaces_good_data(int status, string body)
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(Good)) };
        using var first = await world.AskAsync(Query);
        world.AniList = _ => Task.FromResult(GatewayWorld.Json(body, status));

        world.Clock.Pass(TimeSpan.FromMinutes(7));
        using var meanwhile = await world.AskAsync(Query);
        world.AniList = _ => Task.FromResult(GatewayWorld.Json(Good));
        using var next = await world.AskAsync(Query);

        Assert.Equal((AnswerSource.Stale, Good), (meanwhile.Source, GatewayWorld.TextOf(meanwhile)));
        Assert.Equal((AnswerSource.Live, Good), (next.Source, GatewayWorld.TextOf(next)));
        Assert.Equal(3, world.Sent.Count);
    }

    [Fact]
    public async Task That_there_is_nothing_is_kept_for_a_minute_with_its_status()
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(NotFound, 404)) };

        using var first = await world.AskAsync(Query);
        world.Clock.Pass(TimeSpan.FromSeconds(59));
        using var kept = await world.AskAsync(Query);
        world.AniList = _ => Task.FromResult(GatewayWorld.Json(Good));
        world.Clock.Pass(TimeSpan.FromSeconds(2));
        using var later = await world.AskAsync(Query);

        Assert.Equal(AnswerSource.Live, first.Source);
        Assert.Equal(
            (AnswerSource.Cache, HttpStatusCode.NotFound, AniListFailure.NotFound, NotFound),
            (kept.Source, kept.StatusCode!.Value, kept.Failure!.Value, GatewayWorld.TextOf(kept))
        );
        Assert.Equal((AnswerSource.Live, Good), (later.Source, GatewayWorld.TextOf(later)));
    }

    [Theory]
    [InlineData("""{"data":{"Page":{"threads":[{"id":"1","title":"<script>alert(1)</script>"}]}}}""")]
    [InlineData("""{"data":{"Page":{"threads":[{"id":-1,"title":"javascript:alert(1)"}]}}}""")]
    [InlineData("""{"data":{"Page":{"threads":[{"id":1e308,"title":null}]},"more":[1,1,1]}}""")]
    [InlineData("""{"data":{"Page":{"pageInfo":{"hasNextPage":true},"threads":[{"id":9,"kind":"NEW_WORD"}]}}}""")]
    public async Task Whatever_the_data_say_comes_back_byte_for_byte_live_and_kept(string body)
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(body)) };

        using var live = await world.AskAsync(Query);
        using var kept = await world.AskAsync(Query);

        Assert.Equal((AnswerSource.Live, body), (live.Source, GatewayWorld.TextOf(live)));
        Assert.Equal((AnswerSource.Cache, body), (kept.Source, GatewayWorld.TextOf(kept)));
    }
}
