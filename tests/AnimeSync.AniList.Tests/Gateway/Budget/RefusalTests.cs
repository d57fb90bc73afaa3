using AnimeSync.AniList.Gateway;
using static AnimeSync.AniList.Tests.Gateway.Budget.BudgetWorld;

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>What a 429 does, whether Redis counts or the process itself.</summary>
public sealed class RefusalTests(BudgetRedis redis)
{
    private static readonly DateTimeOffset _date = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public static TheoryData<bool, AniListRateLimit, double> Waits =>
        new()
        {
            { false, new(null, null, null, TimeSpan.FromSeconds(17), null), 17 },
            { true, new(null, null, null, TimeSpan.FromSeconds(17), null), 17 },
            { false, new(30, 0, _date.AddSeconds(42), null, _date), 42 },
            { true, new(30, 0, _date.AddSeconds(42), TimeSpan.FromSeconds(5), _date), 5 },
            { false, new(30, 0, _date.AddSeconds(42), null, null), 60 },
            { false, new(30, 0, _date.AddSeconds(-42), null, _date), 60 },
            { true, default, 60 },
            { false, new(null, null, _date.AddDays(42), null, _date), 3600 },
            { true, new(null, null, null, TimeSpan.FromDays(1), null), 3600 },
            { false, new(null, null, null, TimeSpan.Zero, null), 1 },
        };

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Everybody_waits_as_long_as_the_answer_says(bool inRedis, AniListRateLimit headers, double seconds)
    {
        var world = await FullAsync(inRedis);
        await world[0].ReportAsync(headers, limited: true);

        Assert.Equal(seconds, world[0].State.FrozenFor.TotalSeconds, 3);
        Assert.Equal(0, world[0].State.PermitsPerSecond);
        Assert.Equal(0, world[0].State.Available);
        Assert.False(world[0].TryTake(Lane.Writes));
        Assert.Equal(seconds, (await world.WaitAsync(0)).TotalSeconds, 0.01);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_many_calls_the_limit_falls_below_their_number_and_heals(bool inRedis)
    {
        var world = await FullAsync(inRedis);
        await TakeAsync(world, 24);
        await world.RefuseAsync(0, TimeSpan.FromSeconds(30));
        Assert.Equal((23, 4), (world[0].State.Limit, world[0].State.Burst));

        int[] healing = [23, 25, 27, 29, 30, 30];
        foreach (var limit in healing)
        {
            await world.TakeAsync(0, default);
            Assert.Equal(limit, world[0].State.Limit);
            world.Pass(TimeSpan.FromMinutes(5));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_limit_never_falls_below_fifteen_by_refusals(bool inRedis)
    {
        var world = await FullAsync(inRedis);
        for (var refusal = 0; refusal < 20; refusal++)
        {
            await TakeAsync(world, 20);
            await world.RefuseAsync(0, TimeSpan.FromSeconds(1));
            await world.RunAsync(TimeSpan.FromMinutes(1), OneWriter);
            Assert.InRange(world[0].State.Limit, 15, 30);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_few_calls_the_burst_halves_for_an_hour_and_the_limit_stays(bool inRedis)
    {
        var world = await FullAsync(inRedis, burst: 5);
        await world.TakeAllAsync(0, OneWriter);
        await world.RefuseAsync(0, TimeSpan.FromSeconds(30));
        Assert.Equal((30, 2), (world[0].State.Limit, world[0].State.Burst));

        world.Pass(TimeSpan.FromMinutes(50));
        Assert.Equal(2, await world.TakeAllAsync(0, OneWriter));
        world.Pass(TimeSpan.FromMinutes(10));
        await world.TakeAsync(0, default);
        Assert.Equal(5, world[0].State.Burst);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refusals_of_requests_in_flight_are_one_event(bool inRedis)
    {
        var world = await FullAsync(inRedis);
        await TakeAsync(world, 25);
        for (var request = 0; request < 5; request++)
        {
            await world.RefuseAsync(0, TimeSpan.FromSeconds(30 + request));
        }

        Assert.Equal((24, 4), (world[0].State.Limit, world[0].State.Burst));
        Assert.Equal(34, world[0].State.FrozenFor.TotalSeconds, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_header_below_the_lowered_limit_wins_and_one_above_does_not(bool inRedis)
    {
        var world = await FullAsync(inRedis);
        await TakeAsync(world, 24);
        await world.RefuseAsync(0, TimeSpan.FromSeconds(30));

        await world.ReportLimitAsync(0, 90);
        Assert.Equal(23, world[0].State.Limit);
        await world.ReportLimitAsync(0, 20);
        Assert.Equal(20, world[0].State.Limit);
        await world.ReportLimitAsync(0, 90);
        Assert.Equal(90, world[0].State.Limit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_header_that_is_no_limit_changes_nothing(bool inRedis)
    {
        var world = await FullAsync(inRedis);
        await world.ReportLimitAsync(0, 0);
        await world.ReportLimitAsync(0, -1);

        Assert.Equal(30, world[0].State.Limit);
    }

    private static async Task TakeAsync(BudgetWorld world, int permits)
    {
        for (var permit = 0; permit < permits; permit++)
        {
            await world.WaitAsync(0);
        }
    }

    private async Task<BudgetWorld> FullAsync(bool inRedis, int burst = 4)
    {
        var options = Default with { Burst = burst };
        var world = new BudgetWorld(inRedis ? redis.Connection : null, options).With(1);
        await world.TakeAsync(0, default);
        world.Pass(TimeSpan.FromMinutes(2));
        await world.TakeAsync(0, default);
        return world;
    }
}
