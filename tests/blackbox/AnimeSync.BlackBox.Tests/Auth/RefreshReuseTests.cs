using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>RFC 9700 §4.14.2: rotation tells a thief from an owner, and must not mistake a bad connection for one.</summary>
public sealed class RefreshReuseTests(SharedService shared)
{
    private static readonly TimeSpan _pastGrace = TimeSpan.FromSeconds(31);

    private readonly Service _service = shared.Service;

    private SignInFlow Flow => new(_service.Address);

    [Fact]
    public async Task A_hundred_rotations_give_a_hundred_pairs_and_the_first_access_token_lives_on()
    {
        var first = await _service.SignInAsync();
        var pairs = new List<SignedIn> { first };
        for (var round = 0; round < 100; round++)
        {
            pairs.Add(await RefreshedAsync(pairs[^1]));
        }

        Assert.Equal(101, pairs.Select(pair => pair.RefreshToken).Distinct().Count());
        Assert.Equal(101, pairs.Select(pair => pair.AccessToken).Distinct().Count());
        Assert.Single(pairs.Select(pair => pair.Session()).Distinct());
        Assert.Equal(HttpStatusCode.OK, await MeAsync(first));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(pairs[^1]));
        await RefreshAssert.AliveAsync(_service, first.Session(), counter: 100);
    }

    [Fact]
    public async Task A_replay_two_generations_old_ends_the_session_although_the_request_fails()
    {
        var t0 = await _service.SignInAsync();
        var t1 = await RefreshedAsync(t0);
        var t2 = await RefreshedAsync(t1);

        await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(t0.RefreshToken!), "refresh-reused");

        await RefreshAssert.EndedAsync(_service, t0.Session());
        foreach (var token in new[] { t0, t1, t2 })
        {
            await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(token.RefreshToken!), "refresh-invalid");
            Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(token));
        }

        Assert.Contains($"Session {t0.Session()} was ended at a refresh because of reuse.", _service.Output);
        Assert.DoesNotContain(t0.RefreshToken!, _service.Output, StringComparison.Ordinal);
        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task One_behind_gets_the_current_token_again_until_thirty_seconds_after_the_newer_pair_was_used()
    {
        var t0 = await _service.SignInAsync();
        var t1 = await RefreshedAsync(t0);

        Assert.Equal(t1.RefreshToken, (await RefreshedAsync(t0)).RefreshToken);

        Assert.Equal(HttpStatusCode.OK, await MeAsync(t1));
        Assert.Equal(t1.RefreshToken, (await RefreshedAsync(t0)).RefreshToken);
        await RefreshAssert.AgeAsync(_service, t0.Session(), TimeSpan.FromSeconds(20), "confirmed_at");
        Assert.Equal(t1.RefreshToken, (await RefreshedAsync(t0)).RefreshToken);
        await RefreshAssert.AliveAsync(_service, t0.Session(), counter: 1);

        await RefreshAssert.AgeAsync(_service, t0.Session(), TimeSpan.FromSeconds(11), "confirmed_at");
        await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(t0.RefreshToken!), "refresh-reused");

        await RefreshAssert.EndedAsync(_service, t0.Session());
        await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(t1.RefreshToken!), "refresh-invalid");
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(t1));
    }

    [Fact]
    public async Task A_token_that_was_answered_but_never_used_is_given_again_days_later()
    {
        var t0 = await _service.SignInAsync();
        var lost = await RefreshedAsync(t0);
        await RefreshAssert.AgeAsync(_service, t0.Session(), TimeSpan.FromDays(3), "confirmed_at", "last_used_at");

        var again = await RefreshedAsync(t0);

        Assert.Equal(lost.RefreshToken, again.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, await MeAsync(again));
        await RefreshAssert.AliveAsync(_service, t0.Session(), counter: 1);
    }

    [Fact]
    public async Task When_thief_and_owner_both_refresh_neither_keeps_the_session()
    {
        var stolen = await _service.SignInAsync();
        var thief = await RefreshedAsync(stolen);
        Assert.Equal(HttpStatusCode.OK, await MeAsync(thief));
        await RefreshAssert.AgeAsync(_service, stolen.Session(), _pastGrace, "confirmed_at");

        await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(stolen.RefreshToken!), "refresh-reused");

        await RefreshAssert.RefusedAsync(await Flow.RefreshAsync(thief.RefreshToken!), "refresh-invalid");
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(thief));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(stolen));
        await RefreshAssert.EndedAsync(_service, stolen.Session());
    }

    private async Task<SignedIn> RefreshedAsync(SignedIn pair) =>
        await SignInFlow.TokensAsync(await Flow.RefreshAsync(pair.RefreshToken!));

    private Task<HttpStatusCode> MeAsync(SignedIn pair) => RefreshAssert.MeAsync(_service.Address, pair.AccessToken);
}
