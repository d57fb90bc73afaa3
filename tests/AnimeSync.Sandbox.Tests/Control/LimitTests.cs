using System.Net;
using System.Net.Http.Json;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class LimitTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Limits_are_off_until_they_are_switched_on()
    {
        var answers = await AskAsync(40);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_minute_holds_exactly_the_limit()
    {
        await sandbox.Http.PutAsJsonAsync(
            "/_sandbox/limits",
            new
            {
                perMinute = 7,
                burst = 100,
                enabled = true,
            }
        );

        var answers = await AskAsync(10);

        await sandbox.Http.PutAsJsonAsync(
            "/_sandbox/limits",
            new
            {
                perMinute = 30,
                burst = 5,
                enabled = false,
            }
        );
        Assert.Equal(
            ["6", "5", "4", "3", "2", "1", "0"],
            answers.Take(7).Select(answer => answer.Headers.GetValues("X-RateLimit-Remaining").Single())
        );
        Assert.All(answers.Skip(7), answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode));
        Assert.All(answers.Skip(7), answer => Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single()));
    }

    [Fact]
    public async Task One_second_holds_no_more_than_the_burst()
    {
        await sandbox.Http.PutAsJsonAsync(
            "/_sandbox/limits",
            new
            {
                perMinute = 1000,
                burst = 3,
                enabled = true,
            }
        );

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => sandbox.PostAsync("{ Media(id: 1) { id } }"))
        );

        await sandbox.Http.PutAsJsonAsync(
            "/_sandbox/limits",
            new
            {
                perMinute = 30,
                burst = 5,
                enabled = false,
            }
        );
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task The_refusal_is_AniLists_edges_byte_for_byte()
    {
        await sandbox.SetLimitsAsync("""{"perMinute":1,"burst":100,"enabled":true}""");

        var refused = (await AskAsync(2))[1];

        await sandbox.SetLimitsAsync("{}");
        Assert.Equal(
            """{"data": null,"errors": [{"message": "Too Many Requests.","status": 429}]}""",
            await refused.Content.ReadAsStringAsync()
        );
        Assert.Equal(74, refused.Content.Headers.ContentLength);
        Assert.Equal(
            ["Date", "Retry-After"],
            refused.Headers.Select(header => header.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Who_exceeds_the_limit_waits_a_minute_from_then_on()
    {
        await sandbox.SetLimitsAsync("""{"perMinute":2,"burst":100,"enabled":true}""");
        await AskAsync(2);
        await sandbox.AdvanceAsync(50);
        var exceeding = await StatusAsync();
        await sandbox.AdvanceAsync(50);
        var tooSoon = await StatusAsync();
        await sandbox.AdvanceAsync(10);
        var afterwards = await StatusAsync();

        await sandbox.SetLimitsAsync("{}");
        Assert.Equal((429, 429, 200), (exceeding, tooSoon, afterwards));
    }

    [Fact]
    public async Task A_new_minute_brings_the_whole_limit_back()
    {
        await sandbox.SetLimitsAsync("""{"perMinute":2,"burst":100,"enabled":true}""");
        await AskAsync(2);
        await sandbox.AdvanceAsync(61);

        var answers = await AskAsync(2);

        await sandbox.SetLimitsAsync("{}");
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Headers_can_promise_more_than_is_served_as_they_did_in_2025()
    {
        await sandbox.SetLimitsAsync("""{"perMinute":30,"burst":100,"enabled":true,"advertised":90}""");

        var answers = await AskAsync(31);

        await sandbox.SetLimitsAsync("{}");
        Assert.Equal("90", answers[0].Headers.GetValues("X-RateLimit-Limit").Single());
        Assert.Equal("89", answers[0].Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal("60", answers[29].Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[30].StatusCode);
    }

    [Fact]
    public async Task The_settings_read_back_as_they_were_put()
    {
        const string Settings = """{"perMinute":7,"burst":3,"enabled":false}""";
        await sandbox.SetLimitsAsync(Settings);
        var read = await sandbox.Http.GetStringAsync("/_sandbox/limits");
        using var refused = await sandbox.SetLimitsAsync("""{"perMinute":-1}""");
        await sandbox.SetLimitsAsync("{}");

        Assert.Equal(Settings, read);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private async Task<int> StatusAsync()
    {
        using var answer = await sandbox.PostAsync("{ Media(id: 1) { id } }");
        return (int)answer.StatusCode;
    }

    private async Task<List<HttpResponseMessage>> AskAsync(int times)
    {
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < times; i++)
        {
            answers.Add(await sandbox.PostAsync("{ Media(id: 1) { id } }"));
        }

        return answers;
    }
}
