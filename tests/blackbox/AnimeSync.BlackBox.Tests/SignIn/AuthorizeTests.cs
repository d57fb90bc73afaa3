using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;

namespace AnimeSync.BlackBox.Tests.SignIn;

[Collection<SignInTestGroup>]
public sealed class AuthorizeTests(StubbedService stubbed)
{
    private static readonly string _challenge = new('a', 43);

    public static TheoryData<string, string?[]> Unacceptable =>
        new()
        {
            // RFC 9700 §2.1.1: whoever leaves PKCE out, or weakens it, gets no code.
            { "invalid_request", ["code_challenge", null] },
            { "invalid_request", ["code_challenge", ""] },
            { "invalid_request", ["code_challenge_method", null] },
            { "invalid_request", ["code_challenge_method", ""] },
            { "invalid_request", ["code_challenge_method", "plain"] },
            { "invalid_request", ["code_challenge_method", "s256"] },
            { "invalid_request", ["code_challenge_method", "S256", "plain"] },
            { "invalid_request", ["code_challenge_method", "S256", "S256"] },
            { "invalid_request", ["code_challenge", _challenge, _challenge] },
            { "invalid_request", ["code_challenge", _challenge[1..]] },
            { "invalid_request", ["code_challenge", _challenge + "a"] },
            { "invalid_request", ["code_challenge", _challenge + "="] },
            { "invalid_request", ["code_challenge", _challenge + "\n"] },
            { "invalid_request", ["code_challenge", "+" + _challenge[1..]] },
            { "invalid_request", ["code_challenge", "é" + _challenge[1..]] },
            { "invalid_request", ["response_type", null] },
            { "invalid_request", ["response_type", "code", "code"] },
            { "unsupported_response_type", ["response_type", "token"] },
            { "unsupported_response_type", ["response_type", "code token"] },
            { "unsupported_response_type", ["response_type", "CODE"] },
        };

    [Theory]
    [MemberData(nameof(Unacceptable))]
    public async Task An_unacceptable_request_returns_to_the_client_and_leaves_nothing_here(
        string error,
        string?[] parameter
    )
    {
        var before = await stubbed.RowsAsync();

        using var answer = await AuthorizeAsync([.. parameter[1..].Select(value => (parameter[0]!, value))]);

        Assert.Equal(302, (int)answer.StatusCode);
        var location = answer.Headers.Location!;
        Assert.Equal(SignInFlow.RedirectUriOf(SignInFlow.Spa), location.GetLeftPart(UriPartial.Path));
        var query = SignInFlow.Query(location);
        Assert.Equal(error, query["error"]);
        Assert.Equal("a state", query["state"]);
        Assert.Equal(stubbed.Service.Settings["PUBLIC_URL"], query["iss"]);
        Assert.DoesNotContain("code", query.Keys);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(before, await stubbed.RowsAsync());
    }

    [Fact]
    public async Task What_is_put_into_the_request_does_not_reach_AniList()
    {
        using var plain = await AuthorizeAsync();
        using var injected = await AuthorizeAsync(
            ("scope", "admin"),
            ("approval_prompt", "auto"),
            ("access_type", "offline"),
            ("client_secret", "injected"),
            ("redirect_uri[]", "http://evil.example/"),
            ("client_id[]", "666"),
            ("resource", "http://evil.example/"),
            ("request_uri", "http://evil.example/"),
            ("response_mode", "fragment"),
            ("prompt", "none"),
            ("padding", new string('a', 5 * 1024))
        );

        foreach (var answer in new[] { plain, injected })
        {
            Assert.Equal(302, (int)answer.StatusCode);
            var location = answer.Headers.Location!;
            Assert.Equal(
                new Uri(stubbed.AniList.Address, "/api/v2/oauth/authorize").ToString(),
                location.GetLeftPart(UriPartial.Path)
            );
            var query = SignInFlow.Query(location);
            Assert.Equal(["client_id", "redirect_uri", "response_type", "state"], query.Keys.Order());
            Assert.Equal(stubbed.Service.Settings["ANILIST_CLIENT_ID"], query["client_id"]);
            Assert.Equal($"{stubbed.Service.Settings["PUBLIC_URL"]}/auth/callback", query["redirect_uri"]);
            Assert.Equal("code", query["response_type"]);
        }

        // Not even inside the sealed state, which would grow too long to come back.
        Assert.Equal(
            SignInFlow.Query(plain.Headers.Location!)["state"].Length,
            SignInFlow.Query(injected.Headers.Location!)["state"].Length
        );
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\r\nSet-Cookie: a=b&error=x#")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("あ")]
    public async Task The_clients_state_comes_back_as_it_was_at_any_length_it_may_have(string part)
    {
        var state = string.Concat(Enumerable.Repeat(part, 640 / part.Length));
        var browser = await StubbedService.StartAsync(new(stubbed.Service.Address) { State = state });

        using var answer = await browser.ReturnAsync(stubbed.AniList.Grant().Code);

        Assert.Equal(303, (int)answer.StatusCode);
        var location = answer.Headers.Location!;
        Assert.Equal(SignInFlow.RedirectUriOf(SignInFlow.Mobile), location.GetLeftPart(UriPartial.Path));
        var query = SignInFlow.Query(location);
        Assert.Equal(["code", "iss", "state"], query.Keys.Order());
        Assert.Equal(state, query["state"]);
        Assert.False(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.StartsWith("a="))
        );
    }

    [Fact]
    public async Task A_state_of_1024_characters_is_the_longest()
    {
        var longest = await StubbedService.StartAsync(new(stubbed.Service.Address) { State = new('%', 1024) });
        using var answer = await longest.ReturnAsync(stubbed.AniList.Grant().Code);
        Assert.Equal(longest.Flow.State, SignInFlow.Query(answer.Headers.Location!)["state"]);

        var before = await stubbed.RowsAsync();
        using var refused = await new SignInFlow(stubbed.Service.Address) { State = new('%', 1025) }.AuthorizeAsync(
            SignInFlow.Mobile
        );
        Assert.Equal("invalid_request", SignInFlow.Query(refused.Headers.Location!)["error"]);
        Assert.Equal(before, await stubbed.RowsAsync());
    }

    private async Task<HttpResponseMessage> AuthorizeAsync(params (string Name, string? Value)[] changes)
    {
        using var client = stubbed.Service.CreateClient();
        (string Name, string? Value)[] usual =
        [
            ("response_type", "code"),
            ("client_id", SignInFlow.Spa),
            ("redirect_uri", SignInFlow.RedirectUriOf(SignInFlow.Spa)),
            ("state", "a state"),
            ("code_challenge", _challenge),
            ("code_challenge_method", "S256"),
        ];
        var kept = usual.Where(pair => !changes.Any(change => change.Name == pair.Name));
        return await client.GetAsync(
            QueryHelpers.AddQueryString(
                "/auth/authorize",
                kept.Concat(changes)
                    .Where(pair => pair.Value is not null)
                    .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))
            )
        );
    }
}
