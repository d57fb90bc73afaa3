using System.Diagnostics;
using AnimeSync.AniList.Gateway;
using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;
using static AnimeSync.AniList.Tests.Gateway.Budget.BudgetWorld;

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>Redis goes, comes back and forgets; nothing is thrown, nothing overspent, and all goes on.</summary>
public sealed class OutageTests(BudgetRedis redis)
{
    [Fact]
    public async Task Without_Redis_each_process_counts_its_share_and_owes_its_part_of_a_burst()
    {
        var world = await FullAsync(processes: 2);
        world.IsRedisAway = true;

        // A burst of four for two processes is a debt of two; fifteen a minute with a burst of one bring 14 in 61 s.
        Assert.Equal(3 * 61 / 14.0, (await world.WaitAsync(0)).TotalSeconds, 0.02);
        Assert.Equal((15, 1, true), (world[0].State.Limit, world[0].State.Burst, world[0].State.IsDegraded));
        Assert.False(world[1].State.IsDegraded);

        world.Permits.Clear();
        await world.RunAsync(TimeSpan.FromMinutes(10), OneWriter, OneWriter);
        Assert.InRange(world.Permits.Count, 260, 290);
    }

    [Fact]
    public async Task A_Redis_that_comes_back_is_found_in_a_second_and_gives_no_burst()
    {
        var world = await FullAsync(processes: 2);
        world.IsRedisAway = true;
        await world.RunAsync(TimeSpan.FromMinutes(3), OneWriter, OneWriter);
        world.IsRedisAway = false;
        world.Permits.Clear();
        await world.RunAsync(TimeSpan.FromSeconds(1.5), OneWriter, OneWriter);

        Assert.False(world[0].State.IsDegraded);
        Assert.False(world[1].State.IsDegraded);
        Assert.InRange(world.Permits.Count, 0, 2);
        await world.RunAsync(TimeSpan.FromMinutes(1), OneWriter, OneWriter);
        Assert.InRange(world.Permits.Count, 20, 27);
    }

    [Fact]
    public async Task A_short_absence_in_which_nobody_could_count_alone_costs_no_burst()
    {
        var world = await FullAsync(processes: 2);
        await world.TakeAsync(0, default);
        world.IsRedisAway = true;
        await world.TakeAsync(0, OneWriter);
        Assert.True(world[0].State.IsDegraded);
        world.IsRedisAway = false;
        world.Pass(TimeSpan.FromSeconds(1.1));

        Assert.Equal(4, await world.TakeAllAsync(0, OneWriter));
    }

    [Fact]
    public async Task A_Redis_that_has_forgotten_starts_empty_and_is_told_the_limit_and_the_freeze()
    {
        var world = await FullAsync(processes: 2);
        await world.ReportLimitAsync(0, 20);
        world.Pass(TimeSpan.FromMinutes(2));
        await world.RefuseAsync(0, TimeSpan.FromSeconds(10));
        await world.FlushAsync();

        var wait = await world.WaitAsync(0);

        Assert.InRange(wait.TotalSeconds, 10 + 61 / 16.0, 10 + 61 / 16.0 + 2.1);
        await world.TakeAsync(1, OneWriter);
        Assert.Equal(20, world[1].State.Limit);
    }

    [Fact]
    public async Task A_Redis_that_forgets_only_the_last_permits_is_found_out_by_who_got_them()
    {
        var world = await FullAsync(processes: 1);
        var database = redis.Connection.GetDatabase();
        var before = await database.KeyDumpAsync(world.Key);
        Assert.Equal(4, await world.TakeAllAsync(0, OneWriter));

        await database.KeyDeleteAsync(world.Key);
        await database.KeyRestoreAsync(world.Key, before!);
        world.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await world.TakeAllAsync(0, OneWriter));
    }

    [Fact]
    public async Task What_one_process_learns_holds_for_the_other()
    {
        var world = await FullAsync(processes: 2);
        world.LimitInForce = 90;
        await world.ReportLimitAsync(0, 90);
        await world.RefuseAsync(0, TimeSpan.FromSeconds(20));

        Assert.Null((await world.TakeAsync(1, OneWriter)).Granted);
        Assert.Equal((90, 20.0), (world[1].State.Limit, world[1].State.FrozenFor.TotalSeconds));
        Assert.Equal(20, (await world.WaitAsync(1)).TotalSeconds, 0.02);
    }

    [Fact]
    public async Task What_is_learnt_while_Redis_is_away_is_told_when_it_is_back()
    {
        var world = await FullAsync(processes: 2);
        world.IsRedisAway = true;
        await world.ReportLimitAsync(0, 20);
        await world.RefuseAsync(0, TimeSpan.FromSeconds(60));
        world.IsRedisAway = false;
        world.Pass(TimeSpan.FromSeconds(2));
        await world.TakeAsync(0, OneWriter);

        Assert.Null((await world.TakeAsync(1, OneWriter)).Granted);
        Assert.Equal(20, world[1].State.Limit);
        Assert.Equal(58, world[1].State.FrozenFor.TotalSeconds, 0.1);
    }

    [Fact]
    public async Task An_answer_that_says_nothing_new_asks_Redis_nothing()
    {
        var world = await FullAsync(processes: 1);
        await world.ReportLimitAsync(0, 30);
        world.IsRedisAway = true;
        await world.ReportLimitAsync(0, 30);
        await world[0].ReportAsync(default, limited: false);

        Assert.False(world[0].State.IsDegraded);
    }

    [Fact]
    public async Task A_key_of_another_kind_is_replaced()
    {
        var world = await FullAsync(processes: 1);
        await redis.Connection.GetDatabase().StringSetAsync(world.Key, "what is this");

        Assert.Equal(0, await world.TakeAllAsync(0, OneWriter));
        await world.WaitAsync(0);
        Assert.False(world[0].State.IsDegraded);
    }

    [Fact]
    public async Task A_killed_and_restarted_Redis_costs_no_exception_and_is_used_again_within_seconds()
    {
        using var server = await new RedisServer().StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            BudgetRedis.Configuration(server.Address)
        );
        var options = new RequestBudgetOptions
        {
            Name = "killed",
            Limit = 6000,
            Burst = 100,
            Cap = TimeSpan.FromSeconds(1),
            Redis = () => Task.FromResult<IConnectionMultiplexer>(connection),
        };
        await using var first = new RequestBudget(options, TimeProvider.System);
        await using var second = new RequestBudget(options, TimeProvider.System);
        await GrantedBothAsync(first, second);

        for (var round = 0; round < 2; round++)
        {
            server.Kill();
            await Eventually.TrueAsync(async () =>
            {
                await TakeAsync(first);
                await TakeAsync(second);
                return first.State.IsDegraded && second.State.IsDegraded;
            });
            await GrantedBothAsync(first, second);
            Assert.True(first.State.IsDegraded);

            await server.StartAsync();
            var watch = Stopwatch.StartNew();
            await Eventually.TrueAsync(async () =>
            {
                await TakeAsync(first);
                await TakeAsync(second);
                return !first.State.IsDegraded && !second.State.IsDegraded;
            });
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
            await GrantedBothAsync(first, second);
        }
    }

    private static async Task GrantedBothAsync(params RequestBudget[] budgets)
    {
        foreach (var budget in budgets)
        {
            await Eventually.TrueAsync(async () => (await TakeAsync(budget)).Granted is not null);
        }
    }

    private static ValueTask<BudgetAnswer> TakeAsync(RequestBudget budget) =>
        budget.TakeAsync(OneWriter, TestContext.Current.CancellationToken);

    private async Task<BudgetWorld> FullAsync(int processes)
    {
        var world = new BudgetWorld(redis.Connection, Default with { Processes = processes }).With(processes);
        for (var process = 0; process < processes; process++)
        {
            await world.TakeAsync(process, default);
        }

        world.Pass(TimeSpan.FromMinutes(2));
        return world;
    }
}
