using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;
using StackExchange.Redis;

namespace AnimeSync.Api.Tests.Auth;

public sealed class SessionEndTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Logging_out_ends_the_session_and_may_be_repeated()
    {
        var signedIn = await app.SignInAsync();
        using var client = app.CreateClient(signedIn.AccessToken);

        using var first = await client.PostAsync("/auth/logout", null);
        using var second = await client.PostAsync("/auth/logout", null);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(signedIn));
        using var refreshed = await new SignInFlow(app.Address).RefreshAsync(signedIn.RefreshToken!);
        Assert.Equal(HttpStatusCode.BadRequest, refreshed.StatusCode);
    }

    [Fact]
    public async Task Revoking_either_token_ends_its_session()
    {
        var byRefresh = await app.SignInAsync();
        var byAccess = await app.SignInAsync();
        using var client = app.CreateClient();

        foreach (var token in new[] { byRefresh.RefreshToken!, byAccess.AccessToken, "unknown" })
        {
            using var answer = await client.PostAsync(
                "/auth/revoke",
                new FormUrlEncodedContent([new("token", token), new("client_id", SignInFlow.Mobile)])
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(byRefresh));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(byAccess));
    }

    [Fact]
    public async Task One_session_can_end_another_of_the_same_person_but_not_a_strangers()
    {
        var phone = await app.SignInAsync("rin");
        var tablet = await app.SignInAsync("rin");
        var stranger = await app.SignInAsync("mika");
        using var client = app.CreateClient(phone.AccessToken);

        using var own = await client.DeleteAsync($"/auth/sessions/{SessionOf(tablet)}");
        using var foreign = await client.DeleteAsync($"/auth/sessions/{SessionOf(stranger)}");

        Assert.Equal(HttpStatusCode.NoContent, own.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(tablet));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(stranger));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(phone));
    }

    [Fact]
    public async Task Ending_all_sessions_signs_every_device_out()
    {
        var devices = await Task.WhenAll(app.SignInAsync("empty"), app.SignInAsync("empty"));
        using var client = app.CreateClient(devices[0].AccessToken);

        using var answer = await client.DeleteAsync("/auth/sessions");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.All(devices, device => Assert.Equal(HttpStatusCode.Unauthorized, MeAsync(device).Result));
    }

    [Fact]
    [Trait("Needs", "postgres")]
    public async Task A_session_ended_on_one_replica_is_dead_on_the_other_within_a_second()
    {
        var settings = app.ReplicaSettings();
        await using var replica = await TestApp.StartReplicaAsync(settings);
        var signedIn = await app.SignInAsync();
        using var here = app.CreateClient(signedIn.AccessToken);
        using var there = app.CreateClient(signedIn.AccessToken);
        there.BaseAddress = new($"http://{settings["LISTEN_PUBLIC"]}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(there));

        using var logout = await here.PostAsync("/auth/logout", null);

        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(there));
    }

    [Fact]
    public async Task Erasing_the_account_leaves_nothing_and_says_where_to_revoke_the_app()
    {
        var signedIn = await app.SignInAsync("solo");
        using var client = app.CreateClient(signedIn.AccessToken);
        var before = await RowsAsync();

        using var answer = await client.DeleteAsync("/api/v1/me");

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            new Uri(app.Sandbox, "/settings/apps").ToString(),
            body.GetProperty("revokeAtAniList").GetString()
        );
        Assert.Equal(before.Users - 1, (await RowsAsync()).Users);
        Assert.Equal(before.Credentials - 1, (await RowsAsync()).Credentials);
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(signedIn));
        Assert.NotEqual(
            signedIn.Claims.GetProperty("sub").GetGuid(),
            (await app.SignInAsync("solo")).Claims.GetProperty("sub").GetGuid()
        );
    }

    [Fact]
    [Trait("Needs", "redis")]
    public async Task Erasing_the_account_leaves_no_counter_in_Redis()
    {
        var signedIn = await app.SignInAsync("empty");
        var user = signedIn.Claims.GetProperty("sub").GetGuid().ToString("n");
        using var client = app.CreateClient(signedIn.AccessToken);
        var redis = new Uri(Environment.GetEnvironmentVariable("TEST_REDIS_URL")!);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Authority);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        Assert.NotEmpty(connection.GetServers()[0].Keys(pattern: $"*{user}*"));

        using var answer = await client.DeleteAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(connection.GetServers()[0].Keys(pattern: $"*{user}*"));
    }

    private async Task<(long Users, long Credentials)> RowsAsync() =>
        (await app.Database.CountAsync("users"), await app.Database.CountAsync("ani_list_credentials"));

    private static Guid SessionOf(SignedIn signedIn) => signedIn.Claims.GetProperty("sid").GetGuid();

    private async Task<HttpStatusCode> MeAsync(SignedIn signedIn)
    {
        using var client = app.CreateClient(signedIn.AccessToken);
        return await StatusAsync(client);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/v1/me");
        return answer.StatusCode;
    }
}
