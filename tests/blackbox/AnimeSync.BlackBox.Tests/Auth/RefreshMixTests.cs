using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>Two credentials of two people in one request: never one's answer for the other's credential.</summary>
public sealed class RefreshMixTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Fact]
    public async Task A_cookie_of_one_person_and_an_access_token_of_another_refresh_nothing()
    {
        var (rin, mika) = await SignInBothAsync();

        using var answer = await PostAsync(
            "/auth/token",
            rin.AccessToken,
            mika.Cookie!,
            new() { ["grant_type"] = "refresh_token", ["client_id"] = SignInFlow.Spa }
        );

        Assert.False(answer.Headers.Contains("Set-Cookie"));
        await RefreshAssert.RefusedAsync(answer, "malformed-request", "invalid_request");
        await AssertBothAliveAsync(rin, mika);
    }

    [Fact]
    public async Task A_refresh_token_of_one_person_and_an_access_token_of_another_refresh_nothing()
    {
        var (rin, mika) = (await _service.SignInAsync(), await _service.SignInAsync("mika"));

        using var answer = await PostAsync(
            "/auth/token",
            rin.AccessToken,
            cookie: null,
            new()
            {
                ["grant_type"] = "refresh_token",
                ["client_id"] = SignInFlow.Mobile,
                ["refresh_token"] = mika.RefreshToken!,
            }
        );

        await RefreshAssert.RefusedAsync(answer, "malformed-request", "invalid_request");
        await AssertBothAliveAsync(rin, mika);
    }

    [Fact]
    public async Task The_same_persons_two_credentials_do_refresh()
    {
        var rin = await _service.SignInAsync("rin", SignInFlow.Spa);

        using var answer = await PostAsync(
            "/auth/token",
            rin.AccessToken,
            rin.Cookie!,
            new() { ["grant_type"] = "refresh_token", ["client_id"] = SignInFlow.Spa }
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await RefreshAssert.AliveAsync(_service, rin.Session(), counter: 1);
    }

    [Fact]
    public async Task Logging_out_with_both_ends_neither()
    {
        var (rin, mika) = await SignInBothAsync();

        using var answer = await PostAsync("/auth/logout", rin.AccessToken, mika.Cookie!, []);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("/problems/malformed-request", await answer.Content.ReadAsStringAsync());
        await AssertBothAliveAsync(rin, mika);
    }

    [Fact]
    public async Task Elsewhere_the_cookie_says_nothing_about_who_asks()
    {
        var (rin, mika) = await SignInBothAsync();
        using var client = _service.CreateClient(rin.AccessToken);
        client.DefaultRequestHeaders.Add("Cookie", mika.Cookie);

        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.Equal("rin", me.GetProperty("name").GetString());
        var sessions = await client.GetFromJsonAsync<JsonElement>("/auth/sessions");
        Assert.DoesNotContain($"{mika.Session()}", sessions.GetRawText());

        client.DefaultRequestHeaders.Authorization = null;
        using var byCookieAlone = await client.GetAsync("/auth/sessions");
        Assert.Equal(HttpStatusCode.Unauthorized, byCookieAlone.StatusCode);
    }

    private async Task<(SignedIn Rin, SignedIn Mika)> SignInBothAsync() =>
        (await _service.SignInAsync("rin", SignInFlow.Spa), await _service.SignInAsync("mika", SignInFlow.Spa));

    private async Task AssertBothAliveAsync(params SignedIn[] pairs)
    {
        foreach (var pair in pairs)
        {
            await RefreshAssert.AliveAsync(_service, pair.Session(), counter: 0);
            Assert.Equal(HttpStatusCode.OK, await RefreshAssert.MeAsync(_service.Address, pair.AccessToken));
        }
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path,
        string bearer,
        string? cookie,
        Dictionary<string, string> form
    )
    {
        using var client = _service.CreateClient(bearer);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-CSRF", "1");
        request.Headers.Add("Origin", "http://localhost:3000");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await client.SendAsync(request);
    }
}
