using AnimeSync.AniList.Gateway;
using CsCheck;

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>Whatever happens in whatever order, no minute holds more than the limit: the world itself checks that.</summary>
public sealed class WindowTests(BudgetRedis redis)
{
    private static readonly Gen<Step> _step = Gen.Frequency(
        (30, Gen.Select(Gen.Double[0, 4], Gen.Int[0, 7], static (pause, who) => new Step(Act.Take, pause, who))),
        (6, Gen.Select(Gen.Double[0, 70], Gen.Int[0, 7], static (pause, who) => new Step(Act.Take, pause, who))),
        (6, Gen.Double[1, 60].Select(static pause => new Step(Act.Saturate, pause, 0))),
        (2, Gen.Int[1, 100].Select(static limit => new Step(Act.Limit, 0, limit))),
        (1, Gen.Select(Gen.Int[0, 7], Gen.Double[0, 60], static (who, wait) => new Step(Act.Refuse, wait, who))),
        (2, Gen.Const(new Step(Act.Flush, 0, 0))),
        (3, Gen.Double[0, 10].Select(static pause => new Step(Act.Away, pause, 0))),
        (5, Gen.Const(new Step(Act.Back, 0, 0))),
        (1, Gen.Double[-4000, 0].Select(static step => new Step(Act.StepClock, step, 0)))
    );

    private enum Act
    {
        Take,
        Saturate,
        Limit,
        Refuse,
        Flush,
        Away,
        Back,
        StepClock,
    }

    [Fact]
    public Task Of_several_processes_with_Redis_going_coming_and_forgetting() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 12], Gen.Int[1, 5], _step.Array[1, 60])
            .SampleAsync(
                async (limit, burst, processes, steps) =>
                {
                    var options = Options(limit, burst, processes);
                    await RunAsync(new BudgetWorld(redis.Connection, options).With(processes), processes, steps);
                },
                iter: 60
            );

    [Fact]
    public Task Of_a_process_that_is_alone() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 12], _step.Array[1, 100])
            .SampleAsync(
                (limit, burst, steps) => RunAsync(new BudgetWorld(null, Options(limit, burst, 1)).With(1), 1, steps),
                iter: 500
            );

    private static RequestBudgetOptions Options(int limit, int burst, int processes) =>
        new()
        {
            Name = "x",
            Limit = limit,
            Burst = burst,
            Processes = processes,
        };

    private static async Task RunAsync(BudgetWorld world, int processes, Step[] steps)
    {
        foreach (var (act, amount, who) in steps)
        {
            var process = who % processes;
            switch (act)
            {
                case Act.Take:
                    world.Pass(TimeSpan.FromSeconds(amount));
                    await world.TakeAllAsync(process, new(who % 3, who % 2, 1));
                    break;
                case Act.Saturate:
                    var demand = Enumerable.Repeat(new LaneDemand(2, 1, 1), processes);
                    await world.RunAsync(TimeSpan.FromSeconds(amount), [.. demand]);
                    break;
                case Act.Limit:
                    // Each hears of it with its next answer; until then it cannot know.
                    world.LimitInForce = who;
                    for (var each = 0; each < processes; each++)
                    {
                        await world.ReportLimitAsync(each, who);
                    }

                    break;
                case Act.Refuse:
                    await world.RefuseAsync(process, TimeSpan.FromSeconds(amount));
                    break;
                case Act.Flush when world.IsShared && !world.IsRedisAway:
                    await world.FlushAsync();
                    break;
                case Act.Away:
                    world.Pass(TimeSpan.FromSeconds(amount));
                    world.IsRedisAway = true;
                    break;
                case Act.Back:
                    world.IsRedisAway = false;
                    break;
                case Act.StepClock:
                    world.RedisStep += TimeSpan.FromSeconds(amount);
                    world.StepWallClocks(TimeSpan.FromSeconds(-amount));
                    break;
            }
        }
    }

    private readonly record struct Step(Act Act, double Amount, int Who);
}
