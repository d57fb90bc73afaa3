using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Redis;

/// <summary>Whatever is wrong with Redis: no request fails or waits for it, none is unlimited, and all of it passes.</summary>
[Collection(LimitedService.ForRedis)]
public sealed class OutageTests(LimitedService limited)
{
    [Theory]
    [InlineData(RedisFault.Killed)]
    [InlineData(RedisFault.Stopped)]
    [InlineData(RedisFault.Asleep)]
    [InlineData(RedisFault.BlackHole)]
    [InlineData(RedisFault.Slow)]
    [InlineData(RedisFault.Full)]
    [InlineData(RedisFault.Demoted)]
    [InlineData(RedisFault.FailedSave)]
    [InlineData(RedisFault.NoPermission)]
    [InlineData(RedisFault.NoKeys)]
    [InlineData(RedisFault.WrongPassword)]
    public async Task Under_load_it_costs_nobody_an_error_and_is_over_within_ten_seconds(RedisFault fault)
    {
        var redis = new FaultyRedis(limited);
        await limited.BecomesAsync("ready");
        await limited.CommandAsync("FLUSHDB");
        var logged = limited.Service.Output.Length;
        await using var load = new Load(limited, limited.SignedIn.AccessToken);

        await redis.BreakAsync(fault);
        await limited.BecomesAsync("degraded");
        using (var caller = limited.Callers.Behind())
        {
            // Two processes are said to share the limit, so each grants half of it.
            Assert.Equal(LimitedService.AddressShare, await Callers.CountAsync(caller, LimitedService.AddressLimit));
        }

        Assert.Equal("degraded", await RedisStatusAsync());
        Assert.Contains(FaultyRedis.CodeOf(fault) ?? "(", limited.Service.Output[logged..], StringComparison.Ordinal);

        await redis.MendAsync(fault);
        var took = await limited.BecomesAsync("ready");
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        await load.AssertServedAsync();

        await limited.SteadilyAsync(async () =>
        {
            var address = Callers.NewAddress();
            using var caller = limited.Callers.Behind($"{address}");
            Assert.Equal(
                LimitedService.AddressLimit,
                await Callers.CountAsync(caller, LimitedService.AddressLimit + 5)
            );
            Assert.Contains($"rl:sw:{{address:{address}}}", await limited.KeysAsync());
        });
        Assert.Equal("ready", await RedisStatusAsync());
        Assert.DoesNotContain(LimitedService.RedisPassword, limited.Service.Output, StringComparison.Ordinal);
        await limited.Service.AssertAliveAsync();
    }

    private async Task<string?> RedisStatusAsync()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"http://{limited.Service.Admin}/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return health.GetProperty("dependencies").GetProperty("redis").GetProperty("status").GetString();
    }
}
