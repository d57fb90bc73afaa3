using AnimeSync.AniList.Gateway;
using static AnimeSync.AniList.Tests.Gateway.Budget.BudgetWorld;

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>Who gets the permits when there are too few: lanes by weight, and in a lane processes by users.</summary>
public sealed class LaneTests(BudgetRedis redis)
{
    private static readonly RequestBudgetOptions _fast = Default with { Limit = 1200 };

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    public async Task Saturated_lanes_get_60_30_and_10_of_100(bool inRedis, int processes)
    {
        var world = World(inRedis, _fast, processes);
        await world.RunAsync(TimeSpan.FromMinutes(1), [.. Enumerable.Repeat(new LaneDemand(5, 5, 5), processes)]);

        Assert.InRange(world.Permits.Count, 1100, 1200);
        Assert.Equal(0.6, Share(world, Lane.Writes), 0.02);
        Assert.Equal(0.3, Share(world, Lane.Reads), 0.02);
        Assert.Equal(0.1, Share(world, Lane.Background), 0.02);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unused_share_passes_down_and_is_not_saved_up(bool inRedis)
    {
        var world = World(inRedis, _fast, 1);
        await world.RunAsync(TimeSpan.FromMinutes(1), new LaneDemand(0, 3, 3));
        Assert.Equal(0.75, Share(world, Lane.Reads), 0.02);

        world.Permits.Clear();
        await world.RunAsync(TimeSpan.FromSeconds(1), new LaneDemand(3, 3, 3));
        Assert.Equal(0.6, Share(world, Lane.Writes), 0.1);

        world.Permits.Clear();
        await world.RunAsync(TimeSpan.FromSeconds(30), new LaneDemand(0, 0, 3));
        Assert.InRange(world.Permits.Count, 550, 600);
    }

    [Fact]
    public async Task Lanes_are_shared_out_over_all_processes_whoever_has_which()
    {
        var world = World(inRedis: true, _fast, 3);
        await world.RunAsync(TimeSpan.FromMinutes(1), new(2, 0, 0), new(0, 2, 0), new(0, 0, 2));

        Assert.InRange(world.Permits.Count, 1000, 1200);
        Assert.Equal(0.6, Share(world, Lane.Writes), 0.04);
        Assert.Equal(0.3, Share(world, Lane.Reads), 0.04);
        Assert.Equal(0.1, Share(world, Lane.Background), 0.04);
    }

    [Fact]
    public async Task In_a_lane_a_process_gets_permits_by_its_waiting_users_and_a_lone_user_is_not_starved()
    {
        var world = World(inRedis: true, _fast, 2);
        await world.RunAsync(TimeSpan.FromMinutes(1), new(9, 0, 0), OneWriter);

        Assert.InRange(world.Permits.Count, 1100, 1200);
        Assert.Equal(0.1, world.Permits.Count(permit => permit.Process == 1) / (double)world.Permits.Count, 0.02);
    }

    [Fact]
    public async Task At_thirty_a_minute_three_processes_lose_no_permits_and_ask_seldom()
    {
        var world = World(inRedis: true, Default, 3);
        var questions = await world.RunAsync(TimeSpan.FromMinutes(10), new(3, 1, 0), new(0, 3, 3), OneWriter);

        Assert.InRange(world.Permits.Count, 252, 256);
        Assert.InRange(questions / 600.0 / 3, 0.5, 3);
    }

    [Fact]
    public async Task A_lane_of_higher_claim_that_waits_is_not_passed_by_the_short_way()
    {
        var world = World(inRedis: false, Default, 1);
        await world.TakeAsync(0, new(2, 0, 0));
        world.Pass(TimeSpan.FromSeconds(61 / 26.0) + TimeSpan.FromMilliseconds(1));

        await world.TakeAsync(0, new(2, 2, 0));
        world.Pass(TimeSpan.FromSeconds(1));
        Assert.False(world[0].TryTake(Lane.Background));
        world.Pass(TimeSpan.FromMinutes(1));
        Assert.True(world[0].TryTake(Lane.Background));
    }

    [Fact]
    public void The_short_way_is_not_for_processes_that_share_in_Redis()
    {
        var world = World(inRedis: true, Default, 1);
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.False(world[0].TryTake(Lane.Writes));
    }

    [Fact]
    public async Task The_short_way_takes_the_burst_and_then_nothing()
    {
        var world = World(inRedis: false, Default, 1);
        Assert.False(world[0].TryTake(Lane.Writes));
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(4, Enumerable.Range(0, 10).Count(_ => world[0].TryTake(Lane.Reads)));
        Assert.Null((await world.TakeAsync(0, OneWriter)).Granted);
    }

    [Fact]
    public async Task A_permit_due_to_a_dead_process_goes_to_who_asks_after_a_quarter_of_a_second()
    {
        var world = World(inRedis: true, Default, 2);
        await world.WaitAsync(0, new(0, 0, 1));
        await world.TakeAsync(1, new(9, 0, 0));

        // The dead one's demand is older than 250 ms by then, but younger than the 2 s after which it is forgotten.
        world.Pass(TimeSpan.FromSeconds(1));
        await world.TakeAsync(1, new(9, 0, 0));
        var wait = await world.WaitAsync(0, new(0, 0, 1));

        Assert.InRange(wait.TotalSeconds + 1, 61 / 26.0 + 0.2, 61 / 26.0 + 0.3);
        Assert.InRange((await world.WaitAsync(0, new(0, 0, 1))).TotalSeconds, 61 / 26.0 - 0.3, 61 / 26.0 + 0.02);
    }

    [Fact]
    public async Task A_process_that_waits_for_nothing_any_more_keeps_nothing()
    {
        var world = World(inRedis: true, Default, 2);
        await world.WaitAsync(0, new(0, 0, 1));
        world.Pass(TimeSpan.FromSeconds(2));
        await world.TakeAsync(1, new(9, 0, 0));
        await world[1].ReleaseDemandAsync();

        var wait = await world.WaitAsync(0, new(0, 0, 1));
        Assert.InRange(wait.TotalSeconds + 2, 61 / 26.0, 61 / 26.0 + 0.02);
    }

    private static double Share(BudgetWorld world, Lane lane) =>
        world.Permits.Count(permit => permit.Lane == lane) / (double)world.Permits.Count;

    private BudgetWorld World(bool inRedis, RequestBudgetOptions options, int processes) =>
        new BudgetWorld(inRedis ? redis.Connection : null, options with { Processes = processes }).With(processes);
}
