using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>`state` ties a callback to one browser and one sign-in, and works once (RFC 9700 §4.7).</summary>
[Collection<SignInTestGroup>]
public sealed class StateTests(StubbedService stubbed)
{
    public static TheoryData<string, string> ForeignStates =>
        new()
        {
            { "none", "oauth-state-invalid" },
            { "empty", "oauth-state-invalid" },
            { "unknown", "oauth-state-invalid" },
            { "altered", "oauth-state-invalid" },
            { "long", "oauth-state-invalid" },
            { "longer than any parameter", "malformed-request" },
            { "twice", "malformed-request" },
        };

    [Theory]
    [MemberData(nameof(ForeignStates))]
    public async Task A_callback_without_a_state_that_was_issued_is_refused_before_AniList_is_asked(
        string which,
        string slug
    )
    {
        var before = await stubbed.RowsAsync();
        var victim = await stubbed.StartAsync();
        var (grant, calls) = (stubbed.AniList.Grant(), stubbed.AniList.Calls);
        var altered = victim.State[..^10] + (victim.State[^10] == 'A' ? 'B' : 'A') + victim.State[^9..];
        (string, string)[] states = which switch
        {
            "none" => [],
            "empty" => [("state", "")],
            "unknown" => [("state", "CfDJ8unknown")],
            "altered" => [("state", altered)],
            "long" => [("state", new('a', 4096))],
            "longer than any parameter" => [("state", new('a', 7 * 1024))],
            _ => [("state", victim.State), ("state", victim.State)],
        };

        using var answer = await victim.ReturnAsync([("code", grant.Code), .. states]);

        await Refused.AsProblemAsync(answer, 400, slug, grant.Code, victim.State);
        Assert.Equal(calls, stubbed.AniList.Calls);
        Assert.Equal(before with { Pending = before.Pending + 1 }, await stubbed.RowsAsync());
        // It was not the victim's state that was shown, so the victim's still works.
        await victim.FinishAsync(grant);
    }

    [Fact]
    public async Task A_state_of_10_KB_does_not_reach_the_service()
    {
        var answers = await stubbed.Service.SendAsync(
            $"GET /auth/callback?code=c&state={new string('a', 10 * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );

        Assert.Equal(414, answers.Status);
        await stubbed.Service.AssertAliveAsync();
    }

    [Theory]
    [InlineData("theme=dark")]
    [InlineData("animesync_sign_in.other=N")]
    public async Task Another_browsers_callback_is_refused_and_its_state_spent(string cookies)
    {
        var before = await stubbed.RowsAsync();
        var owner = await stubbed.StartAsync();
        var (grant, calls) = (stubbed.AniList.Grant(), stubbed.AniList.Calls);

        using var stranger = await (owner with { Cookies = cookies }).ReturnAsync(grant.Code);
        using var afterwards = await owner.ReturnAsync(grant.Code);

        await Refused.AsProblemAsync(stranger, 400, "oauth-state-invalid", grant.Code, owner.State);
        await Refused.AsProblemAsync(afterwards, 400, "oauth-state-invalid", grant.Code, owner.State);
        Assert.Equal(calls, stubbed.AniList.Calls);
        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Fact]
    public async Task An_attackers_callback_in_the_victims_browser_signs_nobody_in()
    {
        var attacker = await stubbed.StartAsync();
        var victim = await stubbed.StartAsync();
        var (attackers, victims) = (stubbed.AniList.Grant(), stubbed.AniList.Grant());
        var (before, calls) = (await stubbed.RowsAsync(), stubbed.AniList.Calls);

        using var answer = await (attacker with { Cookies = victim.Cookies }).ReturnAsync(attackers.Code);

        await Refused.AsProblemAsync(answer, 400, "oauth-state-invalid", attackers.Code, attacker.State);
        Assert.Equal(calls, stubbed.AniList.Calls);
        Assert.Equal(before with { Pending = before.Pending - 1 }, await stubbed.RowsAsync());
        await victim.FinishAsync(victims);
    }

    [Fact]
    public async Task A_reloaded_callback_is_refused_and_the_first_session_lives_on()
    {
        var browser = await stubbed.StartAsync();
        var grant = stubbed.AniList.Grant();
        var signedIn = await browser.FinishAsync(grant);
        var before = await stubbed.RowsAsync();

        using var again = await browser.ReturnAsync(grant.Code);

        await Refused.AsProblemAsync(again, 400, "oauth-state-invalid", grant.Code, browser.State);
        Assert.Equal(1, grant.Exchanges);
        Assert.Equal(before, await stubbed.RowsAsync());
        Assert.Equal((200, "rin"), await stubbed.MeAsync(signedIn.AccessToken));
        await SignInFlow.TokensAsync(await browser.Flow.RefreshAsync(signedIn.RefreshToken!));
    }

    [Fact]
    public async Task Of_callbacks_with_one_state_at_once_exactly_one_reaches_AniList()
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();
        var grant = stubbed.AniList.Grant();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.ReturnAsync(grant.Code)));

        Assert.Single(answers, answer => (int)answer.StatusCode == 303);
        foreach (var refused in answers.Where(answer => (int)answer.StatusCode != 303))
        {
            await Refused.AsProblemAsync(refused, 400, "oauth-state-invalid", grant.Code, browser.State);
        }

        Assert.Equal(1, grant.Exchanges);
        var expected = before with
        {
            Users = before.Users + 1,
            Credentials = before.Credentials + 1,
            Codes = before.Codes + 1,
        };
        Assert.Equal(expected, await stubbed.RowsAsync());
    }

    [Fact]
    public async Task A_state_eleven_minutes_old_is_refused_and_forgotten()
    {
        var before = await stubbed.RowsAsync();
        var database = stubbed.Service.Database;
        var browser = await StubbedService.StartAsync(new SignInFlow(stubbed.Service.Address) { State = "an old one" });
        var (grant, calls) = (stubbed.AniList.Grant(), stubbed.AniList.Calls);
        await database.ExecuteAsync(
            $"UPDATE pending_sign_ins SET {database.Ago("created_at", TimeSpan.FromMinutes(11))} WHERE client_state = 'an old one'"
        );

        using var answer = await browser.ReturnAsync(grant.Code);

        await Refused.AsProblemAsync(answer, 400, "oauth-state-invalid", grant.Code, browser.State);
        Assert.Equal(calls, stubbed.AniList.Calls);
        Assert.Equal(before, await stubbed.RowsAsync());
    }
}
