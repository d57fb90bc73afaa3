using System.Net;
using System.Text;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

public sealed class SessionLogoutTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    [InlineData("a.b.c")]
    public async Task Logging_out_without_a_token_worth_the_name_is_no_error(string? token)
    {
        for (var times = 0; times < 2; times++)
        {
            using var answer = await LogoutAsync(token);

            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal("\"cache\", \"storage\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));
        }
    }

    [Fact]
    public async Task An_expired_access_token_still_ends_its_session_and_may_be_shown_again()
    {
        var pair = await _service.SignInAsync();
        var expired = new ForgedToken(pair.AccessToken, _service).WithClaim("exp", "1700000000");
        Assert.Equal(HttpStatusCode.Unauthorized, await RefreshAssert.MeAsync(_service.Address, expired));

        for (var times = 0; times < 2; times++)
        {
            using var answer = await LogoutAsync(expired);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            await RefreshAssert.EndedAsync(_service, pair.Session());
        }

        await RefreshAssert.RefusedAsync(
            await new SignInFlow(_service.Address).RefreshAsync(pair.RefreshToken!),
            "refresh-invalid"
        );
    }

    [Fact]
    public async Task A_forged_access_token_ends_nothing()
    {
        var pair = await _service.SignInAsync();
        var forged = new ForgedToken(pair.AccessToken, _service);

        foreach (
            var token in new[]
            {
                forged.Signed(forged.Header, forged.Payload, Encoding.UTF8.GetBytes("secret")),
                forged.WithHeaderMember("alg", "\"none\""),
                forged.WithHeaderMember("typ", "\"JWT\""),
                forged.WithClaim("aud", "\"evil\""),
                forged.WithClaim("iss", "\"evil\""),
                $"{pair.RefreshToken![..^4]}AAAA",
            }
        )
        {
            using var answer = await LogoutAsync(token);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await RefreshAssert.AliveAsync(_service, pair.Session(), counter: 0);
    }

    [Theory]
    [InlineData(null, "http://localhost:3000")]
    [InlineData("0", "http://localhost:3000")]
    [InlineData("1", null)]
    [InlineData("1", "null")]
    [InlineData("1", "http://evil.example")]
    [InlineData("1", "http://localhost:3000.evil.example")]
    public async Task A_cookie_alone_signs_nobody_out_and_refreshes_nothing(string? csrf, string? origin)
    {
        var pair = await _service.SignInAsync("rin", SignInFlow.Spa);

        using var logout = await LogoutAsync(null, pair.Cookie, csrf, origin);
        Assert.Equal(HttpStatusCode.Forbidden, logout.StatusCode);
        Assert.Contains("/problems/csrf", await logout.Content.ReadAsStringAsync());
        await RefreshAssert.RefusedAsync(
            await new SignInFlow(_service.Address).RefreshByCookieAsync(pair.Cookie!, csrf, origin),
            "csrf",
            "invalid_request"
        );

        await RefreshAssert.AliveAsync(_service, pair.Session(), counter: 0);
    }

    [Fact]
    public async Task A_cookie_from_an_allowed_page_ends_its_session_and_is_taken_away()
    {
        var pair = await _service.SignInAsync("rin", SignInFlow.Spa);

        using var answer = await LogoutAsync(null, pair.Cookie, "1", "http://localhost:3000");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.StartsWith("animesync_refresh=;", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        await RefreshAssert.EndedAsync(_service, pair.Session());
        await RefreshAssert.RefusedAsync(
            await new SignInFlow(_service.Address).RefreshByCookieAsync(pair.Cookie!),
            "refresh-invalid"
        );
    }

    private async Task<HttpResponseMessage> LogoutAsync(
        string? bearer,
        string? cookie = null,
        string? csrf = null,
        string? origin = null
    )
    {
        using var client = _service.CreateClient(bearer);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/logout");
        foreach (var (name, value) in new[] { ("Cookie", cookie), ("X-CSRF", csrf), ("Origin", origin) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return await client.SendAsync(request);
    }
}
