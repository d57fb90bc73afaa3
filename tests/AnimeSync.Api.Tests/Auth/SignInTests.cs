using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.Auth;

public sealed class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    private SignInFlow Flow => new(app.Address);

    [Theory]
    [InlineData(SignInFlow.Mobile)]
    [InlineData(SignInFlow.Spa)]
    public async Task Signing_in_leads_to_the_callers_own_profile(string clientId)
    {
        var signedIn = await app.SignInAsync("rin", clientId);

        using var client = app.CreateClient(signedIn.AccessToken);
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.Equal("rin", me.GetProperty("name").GetString());
        Assert.Equal("linked", me.GetProperty("aniList").GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_browsers_refresh_token_is_only_in_a_strict_http_only_cookie()
    {
        var flow = Flow;
        using var answer = await flow.ExchangeAsync(await flow.CodeAsync("rin", SignInFlow.Spa), SignInFlow.Spa);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("animesync_refresh=", cookie);
        Assert.Contains("; path=/; samesite=strict; httponly", cookie);
        Assert.DoesNotContain("refresh_token", await answer.Content.ReadAsStringAsync());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Signing_in_twice_keeps_one_user_and_two_sessions()
    {
        var users = await app.Database.CountAsync("users");
        var first = await app.SignInAsync("mika");
        var second = await app.SignInAsync("mika");

        Assert.Equal(users + 1, await app.Database.CountAsync("users"));
        Assert.Equal(first.Claims.GetProperty("sub").GetGuid(), second.Claims.GetProperty("sub").GetGuid());
        using var client = app.CreateClient(second.AccessToken);
        var sessions = await client.GetFromJsonAsync<JsonElement>("/auth/sessions");
        Assert.Equal(2, sessions.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Two_first_sign_ins_at_once_make_one_user()
    {
        var users = await app.Database.CountAsync("users");

        var both = await Task.WhenAll(app.SignInAsync("solo"), app.SignInAsync("solo"));

        Assert.Equal(users + 1, await app.Database.CountAsync("users"));
        Assert.Single(both.Select(signedIn => signedIn.Claims.GetProperty("sub").GetGuid()).Distinct());
    }

    [Fact]
    public async Task A_callback_opened_twice_works_once()
    {
        var (callback, cookies) = await Flow.ReachCallbackAsync("rin", SignInFlow.Mobile);

        using var first = await Flow.GetAsync(callback, cookies);
        using var second = await Flow.GetAsync(callback, cookies);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        await AssertProblemAsync(second, HttpStatusCode.BadRequest, "oauth-state-invalid");
    }

    [Fact]
    public async Task Of_callbacks_with_one_state_at_once_exactly_one_succeeds()
    {
        var (callback, cookies) = await Flow.ReachCallbackAsync("rin", SignInFlow.Mobile);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Flow.GetAsync(callback, cookies)));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Two_tabs_do_not_break_each_other()
    {
        var (first, firstCookies) = await Flow.ReachCallbackAsync("rin", SignInFlow.Spa);
        var (second, secondCookies) = await Flow.ReachCallbackAsync("rin", SignInFlow.Spa);
        var jar = $"{firstCookies}; {secondCookies}";

        using var firstAnswer = await Flow.GetAsync(first, jar);
        using var secondAnswer = await Flow.GetAsync(second, jar);

        Assert.Equal(HttpStatusCode.SeeOther, firstAnswer.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, secondAnswer.StatusCode);
    }

    [Fact]
    public async Task Another_browsers_state_is_refused_and_spent()
    {
        var (callback, cookies) = await Flow.ReachCallbackAsync("rin", SignInFlow.Mobile);

        using var stranger = await Flow.GetAsync(callback, "animesync_sign_in.other=N");
        using var victim = await Flow.GetAsync(callback, cookies);

        await AssertProblemAsync(stranger, HttpStatusCode.BadRequest, "oauth-state-invalid");
        await AssertProblemAsync(victim, HttpStatusCode.BadRequest, "oauth-state-invalid");
    }

    [Fact]
    public async Task A_state_older_than_ten_minutes_is_refused()
    {
        var (callback, cookies) = await Flow.ReachCallbackAsync("rin", SignInFlow.Mobile);
        await app.Database.ExecuteAsync(
            $"UPDATE pending_sign_ins SET {app.Database.Ago("created_at", TimeSpan.FromMinutes(11))}"
        );

        using var answer = await Flow.GetAsync(callback, cookies);

        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "oauth-state-invalid");
    }

    [Fact]
    public async Task A_sign_in_denied_at_AniList_returns_to_the_client_with_its_state()
    {
        var (callback, cookies) = await Flow.ReachCallbackAsync("rin", SignInFlow.Mobile);
        var state = SignInFlow.Query(callback)["state"];
        var denied = new Uri(
            $"{callback.GetLeftPart(UriPartial.Path)}?error=access_denied&error_description=%3Cscript%3E&state={Uri.EscapeDataString(state)}"
        );

        using var answer = await Flow.GetAsync(denied, cookies);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var query = SignInFlow.Query(answer.Headers.Location!);
        Assert.Equal("access_denied", query["error"]);
        Assert.Equal("a client's state", query["state"]);
        Assert.Equal("The sign-in was refused at AniList.", query["error_description"]);
    }

    [Fact]
    public async Task A_code_works_once_and_its_replay_ends_the_session_it_started()
    {
        var flow = Flow;
        var code = await flow.CodeAsync("rin", SignInFlow.Mobile);
        var signedIn = await SignInFlow.TokensAsync(await flow.ExchangeAsync(code, SignInFlow.Mobile));

        await AssertOAuthErrorAsync(await flow.ExchangeAsync(code, SignInFlow.Mobile), "invalid_grant", "code-invalid");

        await AssertOAuthErrorAsync(
            await flow.RefreshAsync(signedIn.RefreshToken!),
            "invalid_grant",
            "refresh-invalid"
        );
        using var client = app.CreateClient(signedIn.AccessToken);
        using var me = await client.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("wrong-but-long-enough-to-be-a-verifier-0123456789")]
    public async Task A_wrong_verifier_burns_the_code(string verifier)
    {
        var flow = Flow;
        var code = await flow.CodeAsync("rin", SignInFlow.Mobile);

        await AssertOAuthErrorAsync(
            await new SignInFlow(app.Address) { Verifier = verifier }.ExchangeAsync(code, SignInFlow.Mobile),
            "invalid_grant",
            "code-invalid"
        );

        await AssertOAuthErrorAsync(await flow.ExchangeAsync(code, SignInFlow.Mobile), "invalid_grant", "code-invalid");
    }

    [Fact]
    public async Task A_code_of_the_other_client_or_older_than_a_minute_is_refused()
    {
        var flow = Flow;
        await AssertOAuthErrorAsync(
            await flow.ExchangeAsync(await flow.CodeAsync("rin", SignInFlow.Mobile), SignInFlow.Spa),
            "invalid_grant",
            "code-invalid"
        );

        var late = await flow.CodeAsync("rin", SignInFlow.Mobile);
        await app.Database.ExecuteAsync(
            $"UPDATE authorization_codes SET {app.Database.Ago("created_at", TimeSpan.FromSeconds(61))}"
        );
        await AssertOAuthErrorAsync(await flow.ExchangeAsync(late, SignInFlow.Mobile), "invalid_grant", "code-invalid");
    }

    [Fact]
    public async Task A_cookie_needs_the_csrf_header_and_an_allowed_origin()
    {
        var signedIn = await app.SignInAsync("rin", SignInFlow.Spa);
        var cookie = signedIn.Cookie!;

        await AssertOAuthErrorAsync(await Flow.RefreshByCookieAsync(cookie, csrf: null), "invalid_request", "csrf");
        await AssertOAuthErrorAsync(
            await Flow.RefreshByCookieAsync(cookie, origin: "http://evil.example"),
            "invalid_request",
            "csrf"
        );
        await AssertOAuthErrorAsync(await Flow.RefreshByCookieAsync(cookie, origin: null), "invalid_request", "csrf");

        var next = await SignInFlow.TokensAsync(await Flow.RefreshByCookieAsync(cookie));
        Assert.NotEqual(cookie, next.Cookie);
    }

    [Fact]
    public async Task The_metadata_names_the_endpoints_and_only_S256()
    {
        using var client = app.CreateClient();

        var metadata = await client.GetFromJsonAsync<JsonElement>("/.well-known/oauth-authorization-server");

        Assert.Equal(app.Address.ToString().TrimEnd('/'), metadata.GetProperty("issuer").GetString());
        Assert.Equal("S256", metadata.GetProperty("code_challenge_methods_supported")[0].GetString());
        Assert.Equal($"{app.Address}auth/token", metadata.GetProperty("token_endpoint").GetString());
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string slug)
    {
        Assert.Equal(status, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/problems/{slug}", body.GetProperty("type").GetString());
    }

    private static async Task AssertOAuthErrorAsync(HttpResponseMessage answer, string error, string problem)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(error, body.GetProperty("error").GetString());
            Assert.Equal(problem, body.GetProperty("problem").GetString());
        }
    }
}
