using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.Auth;

public sealed class RefreshTests(TestApp app) : IClassFixture<TestApp>
{
    private SignInFlow Flow => new(app.Address);

    [Fact]
    public async Task Each_refresh_gives_a_new_pair_and_older_access_tokens_live_on()
    {
        var first = await app.SignInAsync();
        var pair = first;
        for (var round = 0; round < 20; round++)
        {
            var next = await SignInFlow.TokensAsync(await Flow.RefreshAsync(pair.RefreshToken!));
            Assert.NotEqual(pair.RefreshToken, next.RefreshToken);
            pair = next;
        }

        Assert.Equal(HttpStatusCode.OK, await MeAsync(pair));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(first));
    }

    [Fact]
    public async Task A_token_two_generations_old_ends_the_session_although_the_request_fails()
    {
        var t0 = await app.SignInAsync();
        var t1 = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t0.RefreshToken!));
        var t2 = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t1.RefreshToken!));

        await AssertRefusedAsync(await Flow.RefreshAsync(t0.RefreshToken!), "refresh-reused");

        await AssertRefusedAsync(await Flow.RefreshAsync(t2.RefreshToken!), "refresh-invalid");
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(t2));
    }

    [Fact]
    public async Task A_lost_answer_is_given_again_at_any_age_until_it_is_used()
    {
        var t0 = await app.SignInAsync();
        var lost = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t0.RefreshToken!));
        await AgeAsync(TimeSpan.FromDays(3));

        var again = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t0.RefreshToken!));

        Assert.Equal(lost.RefreshToken, again.RefreshToken);
    }

    [Fact]
    public async Task One_behind_is_tolerated_for_thirty_seconds_after_the_newer_pair_was_used()
    {
        var t0 = await app.SignInAsync();
        var t1 = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t0.RefreshToken!));
        await MeAsync(t1);

        var inGrace = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t0.RefreshToken!));
        Assert.Equal(t1.RefreshToken, inGrace.RefreshToken);

        await app.Database.ExecuteAsync(
            $"UPDATE sessions SET {app.Database.Ago("confirmed_at", TimeSpan.FromSeconds(31))}"
        );
        await AssertRefusedAsync(await Flow.RefreshAsync(t0.RefreshToken!), "refresh-reused");
        await AssertRefusedAsync(await Flow.RefreshAsync(t1.RefreshToken!), "refresh-invalid");
    }

    [Fact]
    public async Task Fifty_refreshes_at_once_agree_on_one_successor()
    {
        var t0 = await app.SignInAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async _ => await SignInFlow.TokensAsync(await Flow.RefreshAsync(t0.RefreshToken!)))
        );

        Assert.Single(answers.Select(answer => answer.RefreshToken).Distinct());
    }

    [Fact]
    public async Task A_token_ahead_of_a_restored_row_is_accepted_and_the_row_catches_up()
    {
        var t0 = await app.SignInAsync();
        var t1 = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t0.RefreshToken!));
        var t2 = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t1.RefreshToken!));
        await app.Database.ExecuteAsync("UPDATE sessions SET counter = 0, confirmed_counter = 0");

        var t3 = await SignInFlow.TokensAsync(await Flow.RefreshAsync(t2.RefreshToken!));

        Assert.Equal(3, t3.Claims.GetProperty("ctr").GetInt32());
        await AssertRefusedAsync(await Flow.RefreshAsync(t0.RefreshToken!), "refresh-reused");
    }

    [Theory]
    [InlineData("last_used_at", 31)]
    [InlineData("created_at", 91)]
    public async Task Idle_and_absolute_life_end_on_the_server(string column, int days)
    {
        var pair = await app.SignInAsync();
        await app.Database.ExecuteAsync($"UPDATE sessions SET {app.Database.Ago(column, TimeSpan.FromDays(days))}");

        await AssertRefusedAsync(await Flow.RefreshAsync(pair.RefreshToken!), "refresh-invalid");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("' OR 1=1 --")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_token_is_refused(string text) =>
        await AssertRefusedAsync(await Flow.RefreshAsync(text), "refresh-invalid");

    [Theory]
    [InlineData('A')]
    [InlineData('B')]
    [InlineData('Q')]
    [InlineData('h')]
    [InlineData('w')]
    [InlineData('_')]
    public async Task Any_last_character_but_the_real_one_is_refused(char last)
    {
        var pair = await app.SignInAsync();
        var other = pair.RefreshToken![..^1] + last;

        if (other != pair.RefreshToken)
        {
            await AssertRefusedAsync(await Flow.RefreshAsync(other), "refresh-invalid");
        }

        await SignInFlow.TokensAsync(await Flow.RefreshAsync(pair.RefreshToken));
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_refused_and_changes_nothing()
    {
        var pair = await app.SignInAsync();
        for (var index = 0; index < pair.RefreshToken!.Length; index++)
        {
            var forged = pair.RefreshToken.ToCharArray();
            forged[index] = forged[index] == 'A' ? 'B' : 'A';
            await AssertRefusedAsync(await Flow.RefreshAsync(new(forged)), "refresh-invalid");
        }

        await SignInFlow.TokensAsync(await Flow.RefreshAsync(pair.RefreshToken));
    }

    private Task AgeAsync(TimeSpan by) =>
        app.Database.ExecuteAsync(
            $"UPDATE sessions SET {app.Database.Ago("confirmed_at", by)}, {app.Database.Ago("last_used_at", by)}"
        );

    private async Task<HttpStatusCode> MeAsync(SignedIn pair)
    {
        using var client = app.CreateClient(pair.AccessToken);
        using var answer = await client.GetAsync("/api/v1/me");
        return answer.StatusCode;
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string problem)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
            Assert.Equal(problem, body.GetProperty("problem").GetString());
        }
    }
}
