using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

[Collection<SignInTestGroup>]
public sealed class SecrecyTests(StubbedService stubbed)
{
    [Fact]
    public async Task The_log_holds_no_token_code_verifier_or_state_however_sign_ins_end()
    {
        var secrets = new List<string>();
        await SignInAndReplayAsync(SignInFlow.Mobile, secrets);
        await SignInAndReplayAsync(SignInFlow.Spa, secrets);
        var lines = stubbed.Service.Output.Split('\n').Length;
        AniListGrant[] failing =
        [
            new() { OnExchange = context => AniListStub.AnswerAsync(context, 400, """{"error":"invalid_grant"}""") },
            new() { OnExchange = context => AniListStub.AnswerAsync(context, 500, "anilist-body") },
            new() { OnExchange = context => AniListStub.AnswerAsync(context, 200, "<p>anilist-body</p>") },
            new() { OnExchange = AniListStub.ResetAsync },
            new() { OnViewer = context => AniListStub.AnswerAsync(context, 500, "anilist-body") },
            new() { OnViewer = context => AniListStub.AnswerAsync(context, 200, "<p>anilist-body</p>") },
        ];
        foreach (var grant in failing)
        {
            var browser = await stubbed.StartAsync();
            secrets.AddRange([browser.State, browser.Flow.Verifier, grant.Code, grant.Token]);
            using var refused = await browser.ReturnAsync(stubbed.AniList.Grant(grant).Code);
            Assert.InRange((int)refused.StatusCode, 400, 503);
        }

        secrets.AddRange(["anilist-body", stubbed.Service.Settings["ANILIST_CLIENT_SECRET"]!]);
        // The pipe is read beside the test; each refusal above writes a line.
        for (var i = 0; i < 100 && Lines() < lines + failing.Length; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(Lines() >= lines + failing.Length);
        var output = stubbed.Service.Output;
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, output));

        int Lines() => stubbed.Service.Output.Split('\n').Length;
    }

    [Theory]
    [InlineData(SignInFlow.Mobile)]
    [InlineData(SignInFlow.Spa)]
    public async Task No_page_of_a_sign_in_is_stored_or_named_as_referrer_and_the_last_address_holds_only_the_code(
        string clientId
    )
    {
        var flow = new SignInFlow(stubbed.Service.Address);
        using var authorize = await flow.AuthorizeAsync(clientId);
        var browser = await stubbed.StartAsync(clientId);
        var grant = stubbed.AniList.Grant();
        using var callback = await browser.ReturnAsync(grant.Code);
        var location = callback.Headers.Location!;
        using var token = await browser.Flow.ExchangeAsync(SignInFlow.Query(location)["code"], clientId);
        var body = await token.Content.ReadAsStringAsync();

        foreach (var answer in new[] { authorize, callback, token })
        {
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        Assert.Equal(200, (int)token.StatusCode);
        Assert.Equal(["code", "iss", "state"], SignInFlow.Query(location).Keys.Order());
        Assert.Equal(string.Empty, location.Fragment);
        Assert.Equal(43, SignInFlow.Query(location)["code"].Length);
        Assert.All([grant.Code, grant.Token], secret => Assert.DoesNotContain(secret, location.ToString() + body));
        Refused.TakesTheCookie(callback, browser.Cookies);
    }

    private async Task SignInAndReplayAsync(string clientId, List<string> secrets)
    {
        var browser = await stubbed.StartAsync(clientId);
        var grant = stubbed.AniList.Grant();
        var code = await browser.CodeAsync(grant);
        var signedIn = await SignInFlow.TokensAsync(await browser.Flow.ExchangeAsync(code, clientId));
        Assert.Equal((200, "rin"), await stubbed.MeAsync(signedIn.AccessToken));
        using var replayed = await browser.Flow.ExchangeAsync(code, clientId);
        Assert.Equal(400, (int)replayed.StatusCode);
        using var again = await browser.ReturnAsync(grant.Code);
        Assert.Equal(400, (int)again.StatusCode);

        secrets.AddRange([browser.State, browser.Flow.Verifier, code, grant.Code, grant.Token, signedIn.AccessToken]);
        secrets.AddRange([signedIn.RefreshToken ?? signedIn.Cookie!, browser.Cookies]);
    }
}
