using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>A one-time code is worth a session once, for a minute, to the client that began (RFC 6749 §4.1.3, RFC 7636).</summary>
[Collection<SignInTestGroup>]
public sealed class CodeExchangeTests(StubbedService stubbed)
{
    [Theory]
    [InlineData("wrong")]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("the challenge")]
    [InlineData("in another case")]
    [InlineData("cut short")]
    [InlineData("with a line end")]
    public async Task One_wrong_verifier_burns_the_code(string which)
    {
        var browser = await stubbed.StartAsync();
        var code = await browser.CodeAsync(stubbed.AniList.Grant());
        var before = await stubbed.RowsAsync();
        var right = browser.Flow.Verifier;
        (string, string)[] verifier = which switch
        {
            "missing" => [],
            "empty" => [("code_verifier", "")],
            "wrong" => [("code_verifier", new SignInFlow(stubbed.Service.Address).Verifier)],
            "the challenge" => [("code_verifier", browser.Flow.Challenge)],
            "in another case" => [("code_verifier", Flip(right))],
            "cut short" => [("code_verifier", right[..^1])],
            _ => [("code_verifier", right + "\n")],
        };

        await Refused.AsOAuthErrorAsync(
            await PresentAsync(browser, code, SignInFlow.Mobile, verifier),
            "invalid_grant",
            "code-invalid",
            code,
            right
        );

        await Refused.AsOAuthErrorAsync(
            await browser.Flow.ExchangeAsync(code, SignInFlow.Mobile),
            "invalid_grant",
            "code-invalid",
            code
        );
        Assert.Equal(before, await stubbed.RowsAsync());
        await stubbed.Service.AssertAliveAsync();
    }

    // Each fits its challenge; only RFC 7636 §4.1 is against it.
    [Theory]
    [InlineData(42, "")]
    [InlineData(129, "")]
    [InlineData(42, "+")]
    [InlineData(42, "/")]
    [InlineData(42, "=")]
    [InlineData(42, " ")]
    [InlineData(42, "\n")]
    [InlineData(43, "\n")]
    [InlineData(128, "\n")]
    [InlineData(42, "é")]
    [InlineData(0, "")]
    public async Task A_verifier_against_the_rules_is_refused_although_it_fits(int length, string more)
    {
        var flow = new SignInFlow(stubbed.Service.Address) { Verifier = new string('v', length) + more };
        var browser = await StubbedService.StartAsync(flow);
        var code = await browser.CodeAsync(stubbed.AniList.Grant());
        var before = await stubbed.RowsAsync();

        await Refused.AsOAuthErrorAsync(
            await flow.ExchangeAsync(code, SignInFlow.Mobile),
            "invalid_grant",
            "code-invalid",
            code
        );

        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Theory]
    [InlineData(43)]
    [InlineData(128)]
    public async Task The_shortest_and_the_longest_verifier_are_accepted(int length)
    {
        var flow = new SignInFlow(stubbed.Service.Address) { Verifier = new('~', length) };

        var signedIn = await (await StubbedService.StartAsync(flow)).FinishAsync(stubbed.AniList.Grant());

        Assert.Equal((200, "rin"), await stubbed.MeAsync(signedIn.AccessToken));
    }

    [Theory]
    [InlineData(SignInFlow.Mobile)]
    [InlineData(SignInFlow.Spa)]
    public async Task A_replayed_code_ends_the_session_that_it_began(string clientId)
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync(clientId);
        var code = await browser.CodeAsync(stubbed.AniList.Grant());
        var thief = new SignInFlow(stubbed.Service.Address);
        var signedIn = await SignInFlow.TokensAsync(await browser.Flow.ExchangeAsync(code, clientId));
        Assert.Equal((200, "rin"), await stubbed.MeAsync(signedIn.AccessToken));

        // Without the verifier, too: whoever holds the code twice shows that it leaked.
        await Refused.AsOAuthErrorAsync(
            await thief.ExchangeAsync(code, clientId),
            "invalid_grant",
            "code-invalid",
            code
        );

        Assert.Equal(401, (await stubbed.MeAsync(signedIn.AccessToken)).Status);
        using var refreshed =
            clientId == SignInFlow.Mobile
                ? await browser.Flow.RefreshAsync(signedIn.RefreshToken!)
                : await browser.Flow.RefreshByCookieAsync(signedIn.Cookie!);
        Assert.Equal(400, (int)refreshed.StatusCode);
        Assert.Equal(before.Sessions, (await stubbed.RowsAsync()).Sessions);
    }

    [Fact]
    public async Task Of_exchanges_of_one_code_at_once_none_keeps_a_session()
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();
        var code = await browser.CodeAsync(stubbed.AniList.Grant());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => browser.Flow.ExchangeAsync(code, SignInFlow.Mobile))
        );

        var first = Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        Assert.Equal(7, answers.Count(answer => (int)answer.StatusCode == 400));
        var signedIn = await SignInFlow.TokensAsync(first);
        Assert.Equal(401, (await stubbed.MeAsync(signedIn.AccessToken)).Status);
        Assert.Equal(before.Sessions, (await stubbed.RowsAsync()).Sessions);
    }

    [Fact]
    public async Task A_code_older_than_a_minute_is_refused()
    {
        var database = stubbed.Service.Database;
        var browser = await stubbed.StartAsync();
        var code = await browser.CodeAsync(stubbed.AniList.Grant());
        await database.ExecuteAsync(
            $"UPDATE authorization_codes SET {database.Ago("created_at", TimeSpan.FromSeconds(61))} WHERE used_at IS NULL"
        );
        var before = await stubbed.RowsAsync();

        await Refused.AsOAuthErrorAsync(
            await browser.Flow.ExchangeAsync(code, SignInFlow.Mobile),
            "invalid_grant",
            "code-invalid",
            code
        );

        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Theory]
    [InlineData(SignInFlow.Spa, SignInFlow.Mobile)]
    [InlineData(SignInFlow.Mobile, SignInFlow.Spa)]
    public async Task A_code_of_the_other_client_is_refused_and_burnt(string owner, string other)
    {
        var browser = await stubbed.StartAsync(owner);
        var code = await browser.CodeAsync(stubbed.AniList.Grant());
        var before = await stubbed.RowsAsync();

        await Refused.AsOAuthErrorAsync(
            await PresentAsync(browser, code, other, ("code_verifier", browser.Flow.Verifier)),
            "invalid_grant",
            "code-invalid",
            code
        );

        await Refused.AsOAuthErrorAsync(
            await browser.Flow.ExchangeAsync(code, owner),
            "invalid_grant",
            "code-invalid",
            code
        );
        Assert.Equal(before, await stubbed.RowsAsync());
    }

    private static Task<HttpResponseMessage> PresentAsync(
        StartedSignIn browser,
        string code,
        string clientId,
        params (string, string)[] verifier
    ) =>
        browser.Flow.PostAsync([
            ("grant_type", "authorization_code"),
            ("client_id", clientId),
            ("code", code),
            .. verifier,
        ]);

    private static string Flip(string text) =>
        string.Concat(
            text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))
        );
}
