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
