using AnimeSync.AniList.Gateway;
using static AnimeSync.AniList.Tests.Gateway.Budget.BudgetWorld;

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>What holds for one process, whether Redis counts or the process itself.</summary>
public sealed class BudgetTests(BudgetRedis redis)
{
    [Theory]
    [InlineData(false, 30, 4)]
    [InlineData(true, 30, 4)]
    [InlineData(false, 90, 10)]
    [InlineData(true, 90, 10)]
    [InlineData(false, 2, 1)]
    [InlineData(true, 2, 1)]
    [InlineData(false, 1, 1)]
    [InlineData(true, 1, 1)]
    public async Task A_start_is_empty_and_the_first_permit_comes_when_the_bucket_has_gained_it(
        bool inRedis,
        int limit,
        int burst
    )
    {
        var world = World(inRedis, Default with { Limit = limit, Burst = burst });

        var expected = TimeSpan.FromSeconds(61.0 / Math.Max(1, limit - burst));
        for (var permit = 0; permit < 3; permit++)
        {
            Assert.Equal(expected.TotalSeconds, (await world.WaitAsync(0)).TotalSeconds, 0.0051);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_idle_minute_earns_the_burst_and_no_more(bool inRedis)
    {
        var world = World(inRedis, Default);
        await world.TakeAsync(0, OneWriter);
        world.Pass(TimeSpan.FromHours(1));

        Assert.Equal(4, await world.TakeAllAsync(0, OneWriter));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_saturated_minute_holds_almost_the_limit_and_never_more(bool inRedis)
    {
        var world = World(inRedis, Default);
        await world.RunAsync(TimeSpan.FromMinutes(10), OneWriter);

        Assert.InRange(world.Permits.Count / 10.0, 25, 26);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_header_that_raises_the_limit_threefold_triples_the_rate_at_once(bool inRedis)
    {
        var world = World(inRedis, Default with { Burst = 1 });
        await world.RunAsync(TimeSpan.FromMinutes(2), OneWriter);
        world.LimitInForce = 88;
        await world.ReportLimitAsync(0, 88);

        var before = world.Permits.Count;
        await world.RunAsync(TimeSpan.FromMinutes(1), OneWriter);

        Assert.InRange(world.Permits.Count - before, 3 * 28, 3 * 29);
        Assert.Equal(88, world[0].State.Limit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_header_that_drops_the_limit_is_obeyed_at_once(bool inRedis)
    {
        var world = World(inRedis, Default with { Limit = 90 });
        await world.RunAsync(TimeSpan.FromMinutes(2), OneWriter);
        world.LimitInForce = 30;
        await world.ReportLimitAsync(0, 30);

        // The world itself fails on one too many in any minute.
        await world.RunAsync(TimeSpan.FromMinutes(3), OneWriter);

        Assert.InRange(world.CountSince(world.Now - TimeSpan.FromMinutes(1)), 24, 30);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_limit_worth_the_name_nothing_waits(bool inRedis)
    {
        var world = World(inRedis, Default with { Limit = 1_000_000_000, Burst = 500_000_000 });
        await world.TakeAsync(0, OneWriter);
        world.Pass(TimeSpan.FromSeconds(61));

        for (var request = 0; request < 2000; request++)
        {
            Assert.Equal(Lane.Reads, (await world.TakeAsync(0, new(0, 5, 0))).Granted);
        }

        Assert.Equal(500_000_000 - 2000, world[0].State.Available);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Demand_for_nothing_takes_nothing(bool inRedis)
    {
        var world = World(inRedis, Default);
        await world[0].ReleaseDemandAsync();
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.Null((await world.TakeAsync(0, default)).Granted);
        await world[0].ReleaseDemandAsync();
        Assert.Equal(4, await world.TakeAllAsync(0, OneWriter));
    }

    [Fact]
    public async Task Steps_of_wall_clocks_spend_nothing()
    {
        var alone = World(inRedis: false, Default);
        alone.StepWallClocks(TimeSpan.FromHours(1));
        Assert.Null((await alone.TakeAsync(0, OneWriter)).Granted);
        alone.Pass(TimeSpan.FromMinutes(2));
        alone.StepWallClocks(TimeSpan.FromHours(-2));
        Assert.Equal(4, await alone.TakeAllAsync(0, OneWriter));

        var shared = World(inRedis: true, Default);
        await shared.TakeAsync(0, OneWriter);
        shared.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(4, await shared.TakeAllAsync(0, OneWriter));
        shared.RedisStep = TimeSpan.FromHours(-1);
        shared.Pass(TimeSpan.FromSeconds(1));
        Assert.Null((await shared.TakeAsync(0, OneWriter)).Granted);
        await shared.RunAsync(TimeSpan.FromMinutes(1), OneWriter);
        Assert.InRange(shared.Permits.Count, 28, 30);
    }

    private BudgetWorld World(bool inRedis, RequestBudgetOptions options) =>
        new BudgetWorld(inRedis ? redis.Connection : null, options).With(1);
}
