using System.Security.Cryptography;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>The token was got, and then AniList does not say whose it is.</summary>
[Collection<SignInTestGroup>]
public sealed class ViewerTests(StubbedService stubbed)
{
    [Theory]
    [InlineData(400, """{"errors":[{"message":"Invalid token","status":400}],"data":null}""", 502)]
    [InlineData(401, """{"errors":[{"message":"Unauthorized."}]}""", 502)]
    [InlineData(500, """{"errors":[{"message":"Internal Server Error"}],"data":null}""", 503)]
    [InlineData(302, "", 502)]
    [InlineData(200, "<!doctype html><title>upstream-secret</title>", 502)]
    [InlineData(200, "", 502)]
    [InlineData(200, "{", 502)]
    [InlineData(200, "[]", 502)]
    [InlineData(200, "{}", 502)]
    [InlineData(200, """{"data":null}""", 502)]
    [InlineData(200, """{"data":[]}""", 502)]
    [InlineData(200, """{"data":{}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":null}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"name":"rin"}}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"id":null,"name":"rin"}}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"id":"5","name":"rin"}}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"id":5.5,"name":"rin"}}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"id":-1,"name":"rin"}}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"id":0,"name":"rin"}}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"id":99999999999,"name":"rin"}}}""", 502)]
    [InlineData(200, """{"data":{"Viewer":{"id":5,"name":"\ud800"}}}""", 502)]
    [InlineData(200, """{"errors":[{"message":"upstream-secret"}],"data":{"Viewer":{"id":5,"name":"rin"}}}""", 502)]
    public async Task Without_a_viewer_nobody_is_signed_in_and_nothing_stored(int status, string body, int expected)
    {
        var before = await stubbed.RowsAsync();
        var strays = stubbed.AniList.Strays;
        var browser = await stubbed.StartAsync();
        var failing = stubbed.AniList.Grant(
            new()
            {
                OnViewer = context =>
                {
                    context.Response.Headers.Location = new Uri(stubbed.AniList.Address, "/elsewhere").ToString();
                    return AniListStub.AnswerAsync(context, status, body);
                },
            }
        );

        using var answer = await browser.ReturnAsync(failing.Code);

        await Refused.AsProblemAsync(
            answer,
            expected,
            expected == 503 ? "anilist-unavailable" : "anilist-bad-response",
            "upstream-secret",
            failing.Token,
            failing.Code
        );
        Refused.TakesTheCookie(answer, browser.Cookies);
        Assert.Equal(1, failing.ViewerCalls);
        Assert.Equal(strays, stubbed.AniList.Strays);
        Assert.Equal(before, await stubbed.RowsAsync());

        // The same person, as soon as AniList is well again.
        var signedIn = await stubbed.SignInAsync(new() { ViewerId = failing.ViewerId });
        Assert.Equal((200, "rin"), await stubbed.MeAsync(signedIn.AccessToken));
    }

    [Theory]
    [InlineData("""\u0000""")]
    [InlineData("""rin\u0000""")]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_name_that_cannot_be_one_keeps_nobody_out(string name)
    {
        var grant = new AniListGrant { ViewerName = name };

        var signedIn = await stubbed.SignInAsync(grant);

        Assert.Equal((200, $"user {grant.ViewerId}"), await stubbed.MeAsync(signedIn.AccessToken));
    }

    [Theory]
    [InlineData("\"upstream-secret\"")]
    [InlineData("""{"large":5}""")]
    [InlineData("""{"large":"javascript:alert(1)"}""")]
    [InlineData("""{"large":"http://s4.anilist.co/a.png"}""")]
    [InlineData("""{"large":"https://s4.anilist.co/\u0000"}""")]
    public async Task An_avatar_that_is_no_https_address_is_left_out(string avatar)
    {
        var id = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        var signedIn = await stubbed.SignInAsync(
            new() { OnViewer = context => AniListStub.AnswerViewerAsync(context, id, "\"rin\"", avatar) }
        );

        using var client = stubbed.Service.CreateClient(signedIn.AccessToken);
        var me = await client.GetStringAsync("/api/v1/me");
        Assert.Contains("\"avatarUrl\":null", me);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("...")]
    [InlineData("e30.e30.e30")]
    [InlineData("e30.eyJleHAiOjFlMzB9.c2ln")] // {"exp":1e30}
    [InlineData("e30.eyJleHAiOiJzb29uIn0.c2ln")] // {"exp":"soon"}
    [InlineData("e30.eyJleHAiOi05OTk5OTk5OTk5OTk5fQ.c2ln")] // {"exp":-9999999999999}
    [InlineData("e30.eyJleHAiOjk5OTk5OTk5OTk5OTk5fQ.c2ln")] // {"exp":99999999999999}
    public async Task A_token_that_only_looks_like_a_jwt_is_kept_like_any_other(string token)
    {
        var signedIn = await stubbed.SignInAsync(new() { Token = token });

        Assert.Equal((200, "rin"), await stubbed.MeAsync(signedIn.AccessToken));
    }

    [Fact]
    public async Task A_callback_that_fails_on_our_side_says_so()
    {
        var browser = await stubbed.StartAsync();
        var (grant, before, calls) = (stubbed.AniList.Grant(), await stubbed.RowsAsync(), stubbed.AniList.Calls);

        await stubbed.Service.Database.ExecuteAsync("ALTER TABLE pending_sign_ins RENAME TO elsewhere");
        using var answer = await browser.ReturnAsync(grant.Code);
        await stubbed.Service.Database.ExecuteAsync("ALTER TABLE elsewhere RENAME TO pending_sign_ins");

        await Refused.AsProblemAsync(answer, 500, "internal", grant.Code, browser.State, "elsewhere");
        Assert.Equal(calls, stubbed.AniList.Calls);
        Assert.Equal(before, await stubbed.RowsAsync());
        await browser.FinishAsync(grant);
    }

    [Fact]
    public async Task A_sign_in_that_cannot_be_stored_leaves_no_half_made_user()
    {
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync();
        var grant = stubbed.AniList.Grant();

        await stubbed.Service.Database.ExecuteAsync("ALTER TABLE ani_list_credentials RENAME TO elsewhere");
        using var answer = await browser.ReturnAsync(grant.Code);
        await stubbed.Service.Database.ExecuteAsync("ALTER TABLE elsewhere RENAME TO ani_list_credentials");

        await Refused.AsProblemAsync(answer, 500, "internal", grant.Code, grant.Token, "elsewhere");
        Assert.Equal(before, await stubbed.RowsAsync());
        var signedIn = await stubbed.SignInAsync(new() { ViewerId = grant.ViewerId });
        Assert.Equal((200, "rin"), await stubbed.MeAsync(signedIn.AccessToken));
    }
}
