using AnimeSync.Api.Limits;
using Microsoft.Extensions.DependencyInjection;
using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;

namespace AnimeSync.Api.Tests.Limits;

/// <summary>Redis answers others, and one question too late.</summary>
[Trait("Needs", "redis")]
public sealed class LateAnswerTests
{
    [Fact]
    public async Task Who_gets_no_answer_is_counted_once_in_Redis_and_once_here()
    {
        using var redis = await new RedisServer().StartAsync();
        var connection = ConfigurationOptions.Parse(redis.Address);
        connection.AsyncTimeout = 20_000;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<TimeProvider>(new StoppedClock())
            .AddLimits(
                new LimitOptions(connection, PerMinute: 120, Processes: 2) { RedisCap = TimeSpan.FromSeconds(1) }
            )
            .BuildServiceProvider();
        var limits = services.GetRequiredService<RequestLimits>();
        LimitRequest[] owed = [new(limits.Address, "home", 1), new(limits.User, "somebody", 1)];
        await services.GetRequiredService<RedisConnection>().ConnectAsync();
        Assert.Equal([299, 119], await RemainingAsync());

        redis.Pause();
        Assert.Equal([149, 59], await RemainingAsync());
        redis.Resume();

        Assert.Equal([297, 117], await RemainingAsync());

        async Task<IEnumerable<long>> RemainingAsync() =>
            (await limits.AcquireAsync(owed, TestContext.Current.CancellationToken)).Select(verdict =>
                verdict.Remaining
            );
    }

    /// <summary>Nothing happens later than anything else, so that no question is older than the last answer.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 1;
    }
}
