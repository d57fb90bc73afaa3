using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>However a session ends and wherever, its tokens die on every replica.</summary>
[Collection(nameof(SkewedReplicas))]
public sealed class SessionEndTests(SkewedReplicas replicas)
{
    private static readonly Dictionary<string, Func<HttpClient, SignedIn, Task>> _endings = new()
    {
        ["logout"] = async (client, _) =>
            await SentAsync(client.PostAsync("/auth/logout", null), HttpStatusCode.NoContent),
        ["revocation by refresh token"] = (client, pair) => RevokeAsync(client, pair.RefreshToken!),
        ["revocation by access token"] = (client, pair) => RevokeAsync(client, pair.AccessToken),
        ["deletion of the session"] = async (client, pair) =>
            await SentAsync(client.DeleteAsync($"/auth/sessions/{pair.Session()}"), HttpStatusCode.NoContent),
        ["deletion of all sessions"] = async (client, _) =>
            await SentAsync(client.DeleteAsync("/auth/sessions"), HttpStatusCode.NoContent),
        ["erasure of the account"] = async (client, _) =>
            await SentAsync(client.DeleteAsync("/api/v1/me"), HttpStatusCode.OK),
        ["reuse of a refresh token"] = async (client, pair) =>
        {
            var flow = new SignInFlow(client.BaseAddress!);
            var next = await SignInFlow.TokensAsync(await flow.RefreshAsync(pair.RefreshToken!));
            await SignInFlow.TokensAsync(await flow.RefreshAsync(next.RefreshToken!));
            await RefreshAssert.RefusedAsync(await flow.RefreshAsync(pair.RefreshToken!), "refresh-reused");
        },
    };

    private readonly Service _service = replicas.Service;

    public static TheoryData<string> Endings => [.. _endings.Keys];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task An_ended_session_is_dead_on_every_replica(string ending)
    {
        var pair = await _service.SignInAsync("solo");
        foreach (var address in replicas.Addresses)
        {
            // Known and remembered there, so that the refusal is about the session and not about the token.
            Assert.Equal(HttpStatusCode.OK, await RefreshAssert.MeAsync(address, pair.AccessToken));
        }

        using (var client = replicas.Ahead.CreateClient(pair.AccessToken))
        {
            await _endings[ending](client, pair);
        }

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await RefreshAssert.MeAsync(replicas.Ahead.Address, pair.AccessToken)
        );
        foreach (var address in replicas.Addresses)
        {
            await Eventually.BecomesAsync(
                HttpStatusCode.Unauthorized,
                () => RefreshAssert.MeAsync(address, pair.AccessToken),
                seconds: 5
            );
            await RefreshAssert.RefusedAsync(
                await new SignInFlow(address).RefreshAsync(pair.RefreshToken!),
                "refresh-invalid"
            );
        }

        await RefreshAssert.EndedAsync(_service, pair.Session());
        AccessTokenRefusal.AssertRefused(
            await AccessTokenRefusal.AskWithTokenAsync(_service, pair.AccessToken),
            "token-invalid"
        );
    }

    [Fact]
    public async Task Signing_out_everywhere_on_one_device_signs_the_other_out_at_another_replica()
    {
        var phone = await _service.SignInAsync("mika");
        var browser = await _service.SignInAsync("mika", SignInFlow.Spa);
        var stranger = await _service.SignInAsync("empty");
        using (var client = replicas.Behind.CreateClient(phone.AccessToken))
        {
            await SentAsync(client.DeleteAsync("/auth/sessions"), HttpStatusCode.NoContent);
        }

        await RefreshAssert.RefusedAsync(
            await new SignInFlow(replicas.Ahead.Address).RefreshByCookieAsync(browser.Cookie!),
            "refresh-invalid"
        );
        await RefreshAssert.RefusedAsync(
            await new SignInFlow(replicas.Ahead.Address).RefreshAsync(phone.RefreshToken!),
            "refresh-invalid"
        );
        await RefreshAssert.EndedAsync(_service, phone.Session());
        await RefreshAssert.EndedAsync(_service, browser.Session());
        await RefreshAssert.AliveAsync(_service, stranger.Session(), counter: 0);
    }

    [Fact]
    public async Task A_process_that_starts_later_knows_what_ended_before()
    {
        var pair = await _service.SignInAsync("empty");
        using (var client = _service.CreateClient(pair.AccessToken))
        {
            await SentAsync(client.PostAsync("/auth/logout", null), HttpStatusCode.NoContent);
        }

        await replicas.Ahead.KillAsync();
        await replicas.Ahead.StartAsync();

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await RefreshAssert.MeAsync(replicas.Ahead.Address, pair.AccessToken)
        );
    }

    [Fact]
    public async Task A_token_whose_user_is_gone_from_the_database_is_refused_in_full()
    {
        var pair = await _service.SignInAsync("empty");
        await _service.Database.ExecuteAsync(
            $"DELETE FROM users WHERE id = '{pair.Claims.GetProperty("sub").GetGuid()}'"
        );

        AccessTokenRefusal.AssertRefused(
            await AccessTokenRefusal.AskWithTokenAsync(_service, pair.AccessToken),
            "token-invalid"
        );
    }

    private static Task RevokeAsync(HttpClient client, string token) =>
        SentAsync(
            client.PostAsync(
                "/auth/revoke",
                new FormUrlEncodedContent([new("token", token), new("client_id", SignInFlow.Mobile)])
            ),
            HttpStatusCode.OK
        );

    private static async Task SentAsync(Task<HttpResponseMessage> sending, HttpStatusCode expected)
    {
        using var answer = await sending;
        Assert.Equal(expected, answer.StatusCode);
    }
}
