using System.Net;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class ClockTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await sandbox.SetClockAsync(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData("\"2031-05-06T07:08:09Z\"")]
    [InlineData("1935817689")]
    public async Task A_set_clock_shows_that_time_and_goes_on_ticking(string instant)
    {
        await sandbox.SetClockAsync(instant);
        var first = await sandbox.ClockAsync();
        await Task.Delay(20, TestContext.Current.CancellationToken);
        var second = await sandbox.ClockAsync();

        var wanted = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        Assert.InRange(first, wanted, wanted.AddMinutes(5));
        Assert.True(second > first);
    }

    [Fact]
    public async Task An_advanced_clock_is_that_much_ahead()
    {
        var before = await sandbox.ClockAsync();
        await sandbox.AdvanceAsync(86_400);

        Assert.InRange(await sandbox.ClockAsync() - before, TimeSpan.FromDays(1), TimeSpan.FromDays(1.01));
    }

    [Fact]
    public async Task Every_answer_is_dated_by_the_sandboxs_clock()
    {
        await sandbox.SetClockAsync("\"2031-05-06T07:08:09Z\"");

        using var answer = await sandbox.PostAsync("{ Media(id: 1) { id } }");
        using var page = await sandbox.Http.GetAsync("/api/v2/oauth/pin");

        Assert.Equal(2031, answer.Headers.Date?.Year);
        Assert.Equal(2031, page.Headers.Date?.Year);
    }

    [Fact]
    public async Task A_weekly_episode_comes_when_its_time_comes()
    {
        const string Query = "{ Media(id: 21) { nextAiringEpisode { episode timeUntilAiring } } }";
        var before = Next(await sandbox.DataAsync(Query));
        await sandbox.AdvanceAsync(before.GetProperty("timeUntilAiring").GetInt32() + 1);

        Assert.Equal(
            before.GetProperty("episode").GetInt32() + 1,
            Next(await sandbox.DataAsync(Query)).GetProperty("episode").GetInt32()
        );
    }

    [Fact]
    public async Task What_is_saved_bears_the_sandboxs_time()
    {
        await sandbox.SetClockAsync("\"2031-05-06T07:08:09Z\"");
        var saved = await sandbox.DataAsync(
            "mutation { SaveMediaListEntry(mediaId: 1) { updatedAt } }",
            token: await sandbox.TokenOfAsync("empty")
        );

        Assert.InRange(
            saved.GetProperty("SaveMediaListEntry").GetProperty("updatedAt").GetInt32(),
            1_935_817_689,
            1_935_818_000
        );
    }

    [Fact]
    public async Task A_token_dies_after_a_year_and_a_clock_put_back_brings_it_to_life()
    {
        var token = await sandbox.TokenOfAsync("solo");
        await sandbox.AdvanceAsync(366 * 86_400);
        var afterAYear = await sandbox.RefusalAsync("{ Viewer { id } }", token: token);
        await sandbox.AdvanceAsync(-366 * 86_400);
        var before = await sandbox.RefusalAsync("{ Viewer { id } }", token: token);

        Assert.Equal((400, true), (afterAYear.Status, afterAYear.Body.Contains("Invalid token")));
        Assert.Equal(200, before.Status);
    }

    [Fact]
    public async Task Revocation_does_not_depend_on_the_clock()
    {
        await sandbox.SetClockAsync("\"2031-01-01T00:00:00Z\"");
        var revoked = await sandbox.TokenOfAsync("mika");
        await sandbox.DeleteTokensAsync("mika");
        await sandbox.SetClockAsync("\"2027-01-01T00:00:00Z\"");
        var fresh = await sandbox.TokenOfAsync("mika");

        Assert.Equal(400, (await sandbox.RefusalAsync("{ Viewer { id } }", token: revoked)).Status);
        Assert.Equal(200, (await sandbox.RefusalAsync("{ Viewer { id } }", token: fresh)).Status);
    }

    [Theory]
    [InlineData("PUT", "/_sandbox/clock", """{"now":"yesterday"}""")]
    [InlineData("PUT", "/_sandbox/clock", """{"now":99999999999999}""")]
    [InlineData("PUT", "/_sandbox/clock", """{"now":"1969-01-01T00:00:00Z"}""")]
    [InlineData("PUT", "/_sandbox/clock", "{}")]
    [InlineData("POST", "/_sandbox/clock/advance", """{"seconds":1e300}""")]
    [InlineData("POST", "/_sandbox/clock/advance", """{"seconds":"1"}""")]
    [InlineData("POST", "/_sandbox/clock/advance", """{"minutes":1}""")]
    public async Task A_time_that_cannot_be_is_refused(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = ControlCalls.Json(body) };
        using var answer = await sandbox.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static JsonElement Next(JsonElement data) => data.GetProperty("Media").GetProperty("nextAiringEpisode");
}
