using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;
using RedisRateLimiting.Tests.Infrastructure;
using Eventually = AnimeSync.Api.Tests.Infrastructure.Eventually;

namespace AnimeSync.BlackBox.Tests.Auth;

public sealed class RefreshOutageTests(SharedService shared)
{
    [Fact]
    public async Task While_PostgreSQL_is_away_a_refresh_says_when_to_come_back_and_then_works_with_the_same_token()
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var service = await Service.StartAsync(
            new Dictionary<string, string?>
            {
                ["DATABASE_URL"] = postgres.Url,
                ["MIGRATIONS_DATABASE_URL"] = postgres.Url,
            }
        );
        var flow = new SignInFlow(service.Address);
        var first = await service.SignInAsync();
        var pair = await SignInFlow.TokensAsync(await flow.RefreshAsync(first.RefreshToken!));

        await postgres.StopAsync();
        for (var times = 0; times < 3; times++)
        {
            using var refused = await flow.RefreshAsync(pair.RefreshToken!);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            var body = await refused.Content.ReadAsStringAsync();
            Assert.Contains("/problems/temporarily-unavailable", body);
            Assert.DoesNotMatch("Npgsql|Exception|127\\.0\\.0\\.1|SELECT", body);
            await service.AssertAliveAsync();
        }

        await postgres.StartAsync();
        await Eventually.BecomesAsync(HttpStatusCode.OK, () => ReadyAsync(service), seconds: 60);

        var next = await SignInFlow.TokensAsync(await flow.RefreshAsync(pair.RefreshToken!));
        Assert.Equal(2, next.Claims.GetProperty("ctr").GetInt32());
        await Eventually.BecomesAsync(
            HttpStatusCode.OK,
            () => RefreshAssert.MeAsync(service.Address, next.AccessToken),
            seconds: 30
        );
    }

    [Fact]
    public async Task A_refresh_works_while_Redis_is_dead()
    {
        using var redis = await new RedisServer().StartAsync();
        await using var replica = await Replica.StartAsync(shared.Service, ("REDIS_URL", $"redis://{redis.Address}"));
        var flow = new SignInFlow(replica.Address);
        var pair = await SignInFlow.TokensAsync(
            await flow.RefreshAsync((await shared.Service.SignInAsync()).RefreshToken!)
        );

        redis.Kill();
        for (var times = 0; times < 5; times++)
        {
            pair = await SignInFlow.TokensAsync(await flow.RefreshAsync(pair.RefreshToken!));
            Assert.Equal(HttpStatusCode.OK, await RefreshAssert.MeAsync(replica.Address, pair.AccessToken));
        }

        await redis.StartAsync();
        pair = await SignInFlow.TokensAsync(await flow.RefreshAsync(pair.RefreshToken!));
        await RefreshAssert.AliveAsync(shared.Service, pair.Session(), counter: 7);
    }

    private static async Task<HttpStatusCode> ReadyAsync(Service service)
    {
        using var client = service.CreateClient();
        using var answer = await client.GetAsync("/readyz");
        return answer.StatusCode;
    }
}
