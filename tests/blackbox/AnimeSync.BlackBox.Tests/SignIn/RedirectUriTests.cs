using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>Redirect URIs are compared exactly, before anything leaves the service (RFC 9700 §2.1).</summary>
[Collection<SignInTestGroup>]
public sealed class RedirectUriTests(StubbedService stubbed)
{
    [Theory]
    [InlineData("https://evil.example/callback")]
    [InlineData("//evil.example/callback")]
    [InlineData(@"/\evil.example")]
    [InlineData(@"\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("http:///evil.example")]
    [InlineData("http://localhost:3000@evil.example/callback")]
    [InlineData("http://127.0.0.1@evil.example/callback")]
    [InlineData("http://user:pass@localhost:3000/callback")]
    [InlineData("http://user@127.0.0.1:45123/callback")]
    [InlineData("http://localhost:3000.evil.example/callback")]
    [InlineData("http://127.0.0.1.evil.example/callback")]
    [InlineData("http://127.0.0.1:45123.evil.example/callback")]
    [InlineData("http://localhost:30000/callback")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://localhost:3000/")]
    [InlineData("http://localhost/callback")]
    [InlineData("https://localhost:3000/callback")]
    [InlineData("http://LOCALHOST:3000/callback")]
    [InlineData("HTTP://localhost:3000/callback")]
    [InlineData("http://localhost.:3000/callback")]
    [InlineData("http://127.0.0.1.:45123/callback")]
    [InlineData("http://localhost:3000/Callback")]
    [InlineData("http://localhost:3000/callback/")]
    [InlineData("http://localhost:3000/callback/../evil")]
    [InlineData("http://localhost:3000/foo/../callback")]
    [InlineData("http://localhost:3000/%2e%2e/callback")]
    [InlineData("http://localhost:3000/%252e%252e/callback")]
    [InlineData("http://localhost:3000/callback%2f..")]
    [InlineData("http://localhost:3000/callback?next=http://evil.example")]
    [InlineData("http://localhost:3000/callback?")]
    [InlineData("http://localhost:3000/callback#")]
    [InlineData("http://localhost:3000/callback#code=1")]
    [InlineData("http://localhost:3000/callback\n")]
    [InlineData("http://localhost:3000/callback\r\nLocation: http://evil.example")]
    [InlineData("http://localhost:3000/call\tback")]
    [InlineData(" http://localhost:3000/callback")]
    [InlineData("http://localhost:3000/callback ")]
    [InlineData("http://localhost:3000\\@evil.example/callback")]
    [InlineData("http://localhost。evil.example/callback")]
    [InlineData("http://localһost:3000/callback")]
    [InlineData("http://xn--localost-25j:3000/callback")]
    [InlineData("http://[::1]:3000/callback")]
    [InlineData("http://[::ffff:127.0.0.1]:45123/callback")]
    [InlineData("http://2130706433:45123/callback")]
    [InlineData("http://127.1:45123/callback")]
    [InlineData("http://127.0.0.2:45123/callback")]
    [InlineData("http://127.0.0.1:45123/callback\n")]
    [InlineData("http://127.0.0.1:45123/callback/evil")]
    [InlineData("http://127.0.0.1:45123/")]
    [InlineData("http://127.0.0.1:99999/callback")]
    [InlineData("http://127.0.0.1:-1/callback")]
    [InlineData("http://127.0.0.1:/callback")]
    [InlineData("http://127.0.0.1:４５/callback")]
    [InlineData("https://127.0.0.1:45123/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://localhost:3000/callback%0aalert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("file:///etc/passwd")]
    [InlineData("app.animesync:/cb")]
    [InlineData("/foo/../bar")]
    [InlineData("/callback")]
    [InlineData("callback")]
    [InlineData("*")]
    [InlineData("")]
    public async Task A_redirect_uri_that_is_not_registered_gets_no_redirect_at_all(string redirectUri)
    {
        var before = await stubbed.RowsAsync();

        await AssertRefusedAsync(SignInFlow.Spa, ("redirect_uri", redirectUri));
        await AssertRefusedAsync(SignInFlow.Mobile, ("redirect_uri", redirectUri));

        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Theory]
    [InlineData(SignInFlow.Spa)]
    [InlineData(SignInFlow.Mobile)]
    public async Task A_redirect_uri_of_the_other_client_is_refused(string clientId)
    {
        var before = await stubbed.RowsAsync();
        var other = clientId == SignInFlow.Spa ? SignInFlow.Mobile : SignInFlow.Spa;

        await AssertRefusedAsync(clientId, ("redirect_uri", SignInFlow.RedirectUriOf(other)));
        await AssertRefusedAsync(clientId, ("redirect_uri", "http://127.0.0.1:3000/callback2"));

        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Theory]
    [InlineData(SignInFlow.Spa)]
    [InlineData(SignInFlow.Mobile)]
    public async Task A_redirect_uri_missing_repeated_or_endless_is_refused(string clientId)
    {
        var before = await stubbed.RowsAsync();
        var good = SignInFlow.RedirectUriOf(clientId);

        await AssertRefusedAsync(clientId);
        await AssertRefusedAsync(clientId, ("redirect_uri", good), ("redirect_uri", good));
        await AssertRefusedAsync(clientId, ("redirect_uri", good), ("redirect_uri", "http://evil.example"));
        await AssertRefusedAsync(clientId, ("redirect_uri", good), ("REDIRECT_URI", "http://evil.example"));
        await AssertRefusedAsync(clientId, ("redirect_uri", $"{good}?{new string('a', 600)}"));
        await AssertRefusedAsync(clientId, ("redirect_uri", $"{good}?{new string('a', 7 * 1024)}"));

        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("animesync-SPA")]
    [InlineData("animesync-spa\n")]
    [InlineData("1")]
    public async Task An_unknown_client_is_sent_nowhere_even_with_a_registered_redirect_uri(string clientId)
    {
        var before = await stubbed.RowsAsync();

        await AssertRefusedAsync(clientId, ("redirect_uri", SignInFlow.RedirectUriOf(SignInFlow.Spa)));

        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Fact]
    public async Task A_client_id_given_twice_is_refused()
    {
        var before = await stubbed.RowsAsync();

        await AssertRefusedAsync(
            SignInFlow.Spa,
            ("redirect_uri", SignInFlow.RedirectUriOf(SignInFlow.Spa)),
            ("client_id", SignInFlow.Mobile)
        );

        Assert.Equal(before, await stubbed.RowsAsync());
    }

    private async Task AssertRefusedAsync(string clientId, params (string Name, string Value)[] more)
    {
        var calls = stubbed.AniList.Calls + stubbed.AniList.Strays;
        using var client = stubbed.Service.CreateClient();
        (string Name, string Value)[] parameters =
        [
            ("response_type", "code"),
            ("client_id", clientId),
            ("state", "a state"),
            ("code_challenge", new('a', 43)),
            ("code_challenge_method", "S256"),
            .. more,
        ];

        using var answer = await client.GetAsync(
            QueryHelpers.AddQueryString(
                "/auth/authorize",
                parameters.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))
            )
        );

        await Refused.AsProblemAsync(answer, 400, "return-to-not-allowed", "evil", "a state");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(calls, stubbed.AniList.Calls + stubbed.AniList.Strays);
    }
}
