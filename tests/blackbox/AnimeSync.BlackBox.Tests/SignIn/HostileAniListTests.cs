using System.Diagnostics;
using AnimeSync.BlackBox.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>AniList's token endpoint answers what it should not: nothing is stored, and the person may start again.</summary>
[Collection<SignInTestGroup>]
public sealed class HostileAniListTests(StubbedService stubbed)
{
    // Time-outs of 10 s for each of two calls, and generous time for a busy machine.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","hint":"upstream-secret"}""", 400, "code-invalid")]
    [InlineData(401, """{"error":"invalid_client","message":"upstream-secret"}""", 400, "code-invalid")]
    [InlineData(403, """{"errors":[{"message":"upstream-secret"}]}""", 503, "anilist-unavailable")]
    [InlineData(404, "upstream-secret", 502, "anilist-bad-response")]
    [InlineData(429, "upstream-secret", 503, "anilist-unavailable")]
    [InlineData(500, "upstream-secret", 503, "anilist-unavailable")]
    [InlineData(503, "upstream-secret", 503, "anilist-unavailable")]
    [InlineData(201, """{"access_token":"t","token_type":"Bearer"}""", 502, "anilist-bad-response")]
    [InlineData(204, "", 502, "anilist-bad-response")]
    public async Task A_status_that_is_no_success_signs_nobody_in(int status, string body, int expected, string slug) =>
        await AssertRefusedAsync(context => AniListStub.AnswerAsync(context, status, body), expected, slug);

    [Theory]
    [InlineData("<!doctype html><title>upstream-secret</title>", "text/html")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"upstream-secret\"")]
    [InlineData("""{"access_token":"upstream-secret","token_type":"mac"}""")]
    [InlineData("""{"access_token":"upstream-secret","token_type":null}""")]
    [InlineData("""{"access_token":"upstream-secret"}""")]
    [InlineData("""{"access_token":"","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":null,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":["upstream-secret"],"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":{"a":1},"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":5,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"upstream\nsecret","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"upstream-secret\r\nX-Injected: 1","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"upstream secret","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"upstream-sécret","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"\u0000","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"\ud800","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"upstream-secret","token_type":{"a":"Bearer"}}""")]
    public async Task A_success_without_a_bearer_token_signs_nobody_in(string body, string type = "application/json") =>
        await AssertRefusedAsync(
            context => AniListStub.AnswerAsync(context, 200, body, type),
            502,
            "anilist-bad-response"
        );

    [Fact]
    public async Task A_token_of_9_KB_signs_nobody_in() =>
        await AssertRefusedAsync(
            context =>
                AniListStub.AnswerAsync(
                    context,
                    200,
                    $$"""{"access_token":"{{new string('a', 9 * 1024)}}","token_type":"Bearer"}"""
                ),
            502,
            "anilist-bad-response"
        );

    [Fact]
    public async Task Twenty_megabytes_are_not_read_to_their_end()
    {
        var cutOff = new TaskCompletionSource();

        await AssertRefusedAsync(
            async context =>
            {
                context.RequestAborted.Register(cutOff.SetResult);
                await AniListStub.FloodAsync(context, """ "access_token":"upstream-secret","token_type":"Bearer" """);
            },
            502,
            "anilist-bad-response"
        );

        await cutOff.Task.WaitAsync(_patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        var strays = stubbed.AniList.Strays;

        await AssertRefusedAsync(
            context =>
            {
                context.Response.Headers.Location = new Uri(stubbed.AniList.Address, "/elsewhere").ToString();
                return AniListStub.AnswerAsync(context, status, "upstream-secret");
            },
            502,
            "anilist-bad-response"
        );

        Assert.Equal(strays, stubbed.AniList.Strays);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_signs_nobody_in() =>
        await AssertRefusedAsync(AniListStub.ResetAsync, 503, "anilist-unavailable");

    [Fact]
    public async Task Whoever_never_finishes_an_answer_is_given_up()
    {
        var before = await stubbed.RowsAsync();
        AniListGrant[] grants =
        [
            stubbed.AniList.Grant(new() { OnExchange = AniListStub.HangAsync }),
            stubbed.AniList.Grant(new() { OnExchange = AniListStub.DripAsync }),
            stubbed.AniList.Grant(new() { OnViewer = AniListStub.HangAsync }),
            stubbed.AniList.Grant(new() { OnViewer = AniListStub.DripAsync }),
        ];
        var browsers = new List<StartedSignIn>();
        foreach (var _ in grants)
        {
            browsers.Add(await stubbed.StartAsync());
        }

        var watch = Stopwatch.StartNew();
        var returning = browsers.Zip(grants, (browser, grant) => browser.ReturnAsync(grant.Code)).ToList();
        await stubbed.Service.AssertAliveAsync();
        var answers = await Task.WhenAll(returning);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, _patience);
        foreach (var (answer, browser) in answers.Zip(browsers))
        {
            await Refused.AsProblemAsync(answer, 504, "anilist-unavailable", browser.State);
            Refused.TakesTheCookie(answer, browser.Cookies);
        }

        Assert.All(grants, grant => Assert.Equal(1, grant.Exchanges));
        Assert.Equal(before, await stubbed.RowsAsync());
    }

    private async Task AssertRefusedAsync(Func<HttpContext, Task> exchange, int status, string slug)
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();
        var grant = stubbed.AniList.Grant(new() { OnExchange = exchange });
        var calls = stubbed.AniList.Calls;

        using var answer = await browser.ReturnAsync(grant.Code);

        await Refused.AsProblemAsync(answer, status, slug, "upstream", "secret", grant.Code, browser.State);
        Refused.TakesTheCookie(answer, browser.Cookies);
        Assert.Equal(calls + 1, stubbed.AniList.Calls);
        Assert.Equal(before, await stubbed.RowsAsync());
        await stubbed.Service.AssertAliveAsync();

        using var again = await browser.ReturnAsync(grant.Code);
        await Refused.AsProblemAsync(again, 400, "oauth-state-invalid", grant.Code);
        Assert.Equal(1, grant.Exchanges);
    }
}
