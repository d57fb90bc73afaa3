using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>What comes back from AniList, or from somebody who pretends to be AniList.</summary>
[Collection<SignInTestGroup>]
public sealed class CallbackTests(StubbedService stubbed)
{
    [Theory]
    [InlineData("access_denied", "access_denied")]
    [InlineData("temporarily_unavailable", "temporarily_unavailable")]
    [InlineData("server_error", "server_error")]
    [InlineData("invalid_request", "server_error")]
    [InlineData("<script>", "server_error")]
    public async Task An_error_from_AniList_goes_to_the_client_in_our_own_words(string error, string told)
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();
        var calls = stubbed.AniList.Calls;

        using var answer = await browser.ReturnAsync(
            ("error", error),
            ("error_description", "<script>alert(1)</script>"),
            ("error_uri", "http://evil.example/"),
            ("state", browser.State)
        );

        Assert.Equal(303, (int)answer.StatusCode);
        var location = answer.Headers.Location!;
        Assert.Equal(SignInFlow.RedirectUriOf(SignInFlow.Mobile), location.GetLeftPart(UriPartial.Path));
        var query = SignInFlow.Query(location);
        Assert.Equal(["error", "error_description", "iss", "state"], query.Keys.Order());
        Assert.Equal(told, query["error"]);
        Assert.Equal(browser.Flow.State, query["state"]);
        Assert.DoesNotContain("script", query["error_description"]);
        Assert.Equal(string.Empty, await answer.Content.ReadAsStringAsync());
        Refused.TakesTheCookie(answer, browser.Cookies);
        Assert.Equal(calls, stubbed.AniList.Calls);
        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Theory]
    [InlineData("access_denied")]
    [InlineData("server_error")]
    public async Task An_error_with_another_browsers_state_goes_nowhere(string error)
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();

        using var answer = await (browser with { Cookies = "theme=dark" }).ReturnAsync(
            ("error", error),
            ("error_description", "<script>"),
            ("state", browser.State)
        );

        await Refused.AsProblemAsync(answer, 400, "oauth-state-invalid", "<script>", browser.State);
        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Theory]
    [InlineData("code and error", "malformed-request")]
    [InlineData("code twice", "malformed-request")]
    [InlineData("code of 5 KB", "malformed-request")]
    [InlineData("code with NUL", "malformed-request")]
    [InlineData("foreign iss", "malformed-request")]
    [InlineData("iss twice", "malformed-request")]
    [InlineData("empty iss", "malformed-request")]
    [InlineData("iss almost AniList's", "malformed-request")]
    public async Task A_callback_that_contradicts_itself_is_refused_before_AniList_is_asked(string which, string slug)
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();
        var (grant, calls) = (stubbed.AniList.Grant(), stubbed.AniList.Calls);
        var state = ("state", browser.State);
        var code = ("code", grant.Code);
        (string, string)[] parameters = which switch
        {
            "code and error" => [code, ("error", "access_denied"), state],
            "code twice" => [code, code, state],
            "code of 5 KB" => [("code", new('c', 5 * 1024)), state],
            "code with NUL" => [("code", "a\0b"), state],
            "foreign iss" => [code, state, ("iss", "https://evil.example")],
            "iss twice" => [code, state, ("iss", "https://anilist.co"), ("iss", "https://evil.example")],
            "empty iss" => [code, state, ("iss", "")],
            _ => [code, state, ("iss", "https://anilist.co/")],
        };

        using var answer = await browser.ReturnAsync(parameters);

        await Refused.AsProblemAsync(answer, 400, slug, grant.Code, browser.State, "evil.example");
        Assert.Equal(calls, stubbed.AniList.Calls);
        Assert.Equal(before with { Pending = before.Pending + 1 }, await stubbed.RowsAsync());
    }

    [Fact]
    public async Task AniLists_own_issuer_is_accepted()
    {
        var browser = await stubbed.StartAsync();
        var grant = stubbed.AniList.Grant();

        using var answer = await browser.ReturnAsync(
            ("code", grant.Code),
            ("state", browser.State),
            ("iss", "https://anilist.co")
        );

        Assert.Equal(303, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("none", "oauth-state-invalid", 0)]
    [InlineData("empty", "oauth-state-invalid", 0)]
    [InlineData("with line ends", "code-invalid", 1)]
    [InlineData("unknown", "code-invalid", 1)]
    public async Task A_code_that_AniList_never_gave_ends_the_sign_in(string which, string slug, int asked)
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();
        var calls = stubbed.AniList.Calls;
        (string, string)[] code = which switch
        {
            "none" => [],
            "empty" => [("code", "")],
            "with line ends" => [("code", "a\r\nclient_secret: b&client_id=2")],
            _ => [("code", "unknown")],
        };

        using var answer = await browser.ReturnAsync([.. code, ("state", browser.State)]);

        await Refused.AsProblemAsync(answer, 400, slug, browser.State, "client_secret");
        Refused.TakesTheCookie(answer, browser.Cookies);
        Assert.Equal(calls + asked, stubbed.AniList.Calls);
        Assert.Equal(before, await stubbed.RowsAsync());
    }
}
