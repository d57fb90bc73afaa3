using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

[Collection(nameof(SkewedReplicas))]
public sealed class RefreshReplicaTests(SkewedReplicas replicas)
{
    private readonly Service _service = replicas.Service;

    /// <summary>Otherwise nothing below would be about clocks.</summary>
    [Fact]
    public async Task The_replicas_clocks_are_a_minute_off()
    {
        var ahead = await DateOfAsync(replicas.Ahead.Address) - TimeProvider.System.GetUtcNow();
        var behind = await DateOfAsync(replicas.Behind.Address) - TimeProvider.System.GetUtcNow();

        Assert.InRange(ahead.TotalSeconds, 50, 70);
        Assert.InRange(behind.TotalSeconds, -70, -50);
    }

    [Fact]
    public async Task Fifty_refreshes_at_once_on_three_replicas_agree_on_one_successor()
    {
        var t0 = await _service.SignInAsync();

        var pairs = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(number => RefreshedAsync(replicas.Addresses[number % 3], t0))
        );

        Assert.Single(pairs.Select(pair => pair.RefreshToken).Distinct());
        Assert.All(pairs, pair => Assert.Equal(1, pair.Claims.GetProperty("ctr").GetInt32()));
        await RefreshAssert.AliveAsync(_service, t0.Session(), counter: 1);
        Assert.Equal(2, (await RefreshedAsync(replicas.Ahead.Address, pairs[0])).Claims.GetProperty("ctr").GetInt32());
    }

    [Fact]
    public async Task A_token_of_one_replica_is_at_once_good_at_every_other()
    {
        foreach (var issuer in replicas.Addresses)
        {
            var pair = await RefreshedAsync(issuer, await _service.SignInAsync());

            Assert.All(
                await Task.WhenAll(
                    replicas.Addresses.Select(address => RefreshAssert.MeAsync(address, pair.AccessToken))
                ),
                status => Assert.Equal(HttpStatusCode.OK, status)
            );
            var issued = DateTimeOffset.FromUnixTimeSeconds(pair.Claims.GetProperty("iat").GetInt64());
            Assert.InRange((TimeProvider.System.GetUtcNow() - issued).TotalSeconds, -5, 20);
        }
    }

    [Fact]
    public async Task A_token_ends_at_the_same_moment_everywhere()
    {
        var pair = await _service.SignInAsync();
        var forged = new ForgedToken(pair.AccessToken, _service);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var over = forged.WithClaim("exp", $"{now - 31}");
        var young = forged.WithClaim("exp", $"{now + 40}");

        foreach (var address in replicas.Addresses)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await RefreshAssert.MeAsync(address, over));
            Assert.Equal(HttpStatusCode.OK, await RefreshAssert.MeAsync(address, young));
        }
    }

    [Fact]
    public async Task A_wrong_clock_sees_no_reuse_where_none_is_and_misses_none_that_is()
    {
        var t0 = await _service.SignInAsync();
        var t1 = await RefreshedAsync(replicas.Behind.Address, t0);
        Assert.Equal(HttpStatusCode.OK, await RefreshAssert.MeAsync(replicas.Behind.Address, t1.AccessToken));

        foreach (var address in replicas.Addresses)
        {
            Assert.Equal(t1.RefreshToken, (await RefreshedAsync(address, t0)).RefreshToken);
        }

        await RefreshAssert.AgeAsync(_service, t0.Session(), TimeSpan.FromSeconds(31), "confirmed_at");
        await RefreshAssert.RefusedAsync(
            await new SignInFlow(replicas.Behind.Address).RefreshAsync(t0.RefreshToken!),
            "refresh-reused"
        );
        await RefreshAssert.EndedAsync(_service, t0.Session());
    }

    [Fact]
    public async Task A_wrong_clock_neither_shortens_nor_extends_the_idle_life()
    {
        var pair = await _service.SignInAsync("rin", SignInFlow.Spa);
        await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromSeconds(29 * 60 + 30), "last_used_at");
        pair = await SignInFlow.TokensAsync(
            await new SignInFlow(replicas.Ahead.Address).RefreshByCookieAsync(pair.Cookie!)
        );
        await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromSeconds(30 * 60), "last_used_at");

        await RefreshAssert.RefusedAsync(
            await new SignInFlow(replicas.Behind.Address).RefreshByCookieAsync(pair.Cookie!),
            "refresh-invalid"
        );
        await RefreshAssert.EndedAsync(_service, pair.Session());
    }

    private static async Task<SignedIn> RefreshedAsync(Uri address, SignedIn pair) =>
        await SignInFlow.TokensAsync(await new SignInFlow(address).RefreshAsync(pair.RefreshToken!));

    private static async Task<DateTimeOffset> DateOfAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var answer = await client.GetAsync("/healthz");
        return answer.Headers.Date!.Value;
    }
}
