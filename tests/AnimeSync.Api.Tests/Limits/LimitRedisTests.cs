using System.Net;
using AnimeSync.Api.Limits;
using Microsoft.Extensions.DependencyInjection;
using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;

namespace AnimeSync.Api.Tests.Limits;

[Trait("Needs", "redis")]
public sealed class LimitRedisTests(LimitedApp limited) : IClassFixture<LimitedApp>
{
    [Fact]
    public async Task Two_replicas_share_one_limit_exactly()
    {
        var (first, firstAddress) = await limited.StartReplicaAsync();
        var (second, secondAddress) = await limited.StartReplicaAsync();
        await using var stopFirst = first;
        await using var stopSecond = second;
        var home = new IPAddress([127, 8, 0, 1]);
        using var toFirst = limited.At(home, firstAddress);
        using var toSecond = limited.At(home, secondAddress);

        var counts = await Task.WhenAll(
            CountAsync(toFirst, 2 * LimitedApp.AddressLimit),
            CountAsync(toSecond, 2 * LimitedApp.AddressLimit)
        );

        Assert.Equal(LimitedApp.AddressLimit, counts.Sum());
    }

    [Fact]
    public async Task Every_key_in_Redis_has_an_end()
    {
        using var client = limited.NewNeighbour();
        await CountAsync(client, 3);
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{limited.Redis!.Address},allowAdmin=true");

        var keys = redis.GetServers()[0].Keys(pattern: "*").ToArray();
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.NotNull(redis.GetDatabase().KeyTimeToLive(key)));
    }

    [Fact]
    public async Task Without_Redis_each_process_grants_its_share_and_comes_back_by_itself()
    {
        var (replica, address) = await limited.StartReplicaAsync();
        await using var stop = replica;
        var health = replica.Services.GetRequiredService<RedisHealth>();
        Assert.False(health.IsDegraded);

        limited.Redis!.Kill();
        await Eventually.TrueAsync(() => Task.FromResult(health.IsDegraded));
        using (var client = limited.NewNeighbour(address))
        {
            Assert.Equal(LimitedApp.AddressLimit / 2, await CountAsync(client, 2 * LimitedApp.AddressLimit));
        }

        await limited.Redis.StartAsync();
        var took = await Eventually.TrueAsync(() => Task.FromResult(!health.IsDegraded));
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        using (var client = limited.NewNeighbour(address))
        {
            Assert.Equal(LimitedApp.AddressLimit, await CountAsync(client, 2 * LimitedApp.AddressLimit));
        }
    }

    /// <summary>How many were let through to the 404; whatever is neither that nor a 429 fails.</summary>
    private static async Task<int> CountAsync(HttpClient client, int requests)
    {
        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, requests)
                .Select(async _ =>
                {
                    using var answer = await client.GetAsync("/nothing", TestContext.Current.CancellationToken);
                    return answer.StatusCode;
                })
        );
        Assert.All(
            statuses,
            status => Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests)
        );
        return statuses.Count(status => status == HttpStatusCode.NotFound);
    }
}
