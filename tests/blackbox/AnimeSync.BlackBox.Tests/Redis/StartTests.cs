using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Redis;

public sealed class StartTests
{
    [Fact]
    public async Task A_service_that_starts_before_its_Redis_serves_and_finds_it_once_it_is_there_and_lets_it_in()
    {
        await using var limited = new LimitedService { StartsWithoutRedis = true };
        await limited.InitializeAsync();
        await limited.BecomesAsync("degraded");
        await AssertGrantsAsync(limited, LimitedService.AddressShare);

        await limited.Redis.StartAsync();
        await limited.CommandAsync("ACL", "SETUSER", "app", "resetpass", ">another");
        await limited.CommandAsync("CLIENT", "KILL", "USER", "app");
        var connections = limited.Wire.Connections;
        await RedisRateLimiting.Tests.Infrastructure.Eventually.TrueAsync(() =>
            Task.FromResult(limited.Wire.Connections > connections)
        );
        await limited.BecomesAsync("degraded");
        await AssertGrantsAsync(limited, LimitedService.AddressShare);

        await limited.CommandAsync("ACL", "SETUSER", "app", $">{LimitedService.RedisPassword}");
        var took = await limited.BecomesAsync("ready");
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        await limited.SteadilyAsync(() => AssertGrantsAsync(limited, LimitedService.AddressLimit));
        Assert.DoesNotContain(LimitedService.RedisPassword, limited.Service.Output, StringComparison.Ordinal);
        Assert.Contains("Redis does not answer (", limited.Service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_cannot_be_one_stops_the_start_without_being_shown()
    {
        var (exitCode, output) = await Service.StartRefusedAsync(
            new() { ["REDIS_URL"] = "redis://:hunter2@127.0.0.1:6379/hunter2" }
        );

        Assert.NotEqual(0, exitCode);
        Assert.Contains("REDIS_URL", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
    }

    private static async Task AssertGrantsAsync(LimitedService limited, int limit)
    {
        using var caller = limited.Callers.Behind();
        Assert.Equal(limit, await Callers.CountAsync(caller, LimitedService.AddressLimit + 5));
    }
}
