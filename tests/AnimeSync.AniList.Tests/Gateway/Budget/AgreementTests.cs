using AnimeSync.AniList.Gateway;
using CsCheck;

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>The script and the count in this process answer every history alike.</summary>
public sealed class AgreementTests(BudgetRedis redis)
{
    private const long Start = 1_800_000_000_000_000;

    private static readonly Gen<int> _limit = Gen.OneOf(
        Gen.Int[1, 5],
        Gen.Int[6, 120],
        Gen.Int[121, 1_000_000],
        Gen.Const(1_000_000_000)
    );

    private static readonly Gen<long> _pause = Gen.OneOf(
        Gen.Long[0, 5_000],
        Gen.Long[0, 3_000_000],
        Gen.Long[0, 90_000_000],
        Gen.Long[0, 4_000_000_000]
    );

    // Mostly takes of every mixture of lanes; sometimes a header, a refusal, or both.
    private static readonly Gen<(long Pause, LaneDemand? Demand, int Header, long Wait)> _step = Gen.Frequency(
        (12, Gen.Select(_pause, Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 2], Take)),
        (2, Gen.Select(_pause, _limit, Gen.OneOf(Gen.Const(0L), Gen.Long[1_000_000, 90_000_000]), Report)),
        (1, Gen.Select(_pause, Gen.Long[1_000_000, 3_600_000_000], static (pause, wait) => Report(pause, 0, wait)))
    );

    [Fact]
    public Task On_every_history() =>
        Gen.Select(_limit, Gen.Int[1, 40], _step.Array[1, 80])
            .SampleAsync(
                async (limit, burst, steps) =>
                {
                    var options = new RequestBudgetOptions
                    {
                        Name = $"test-{Guid.NewGuid():n}",
                        Limit = limit,
                        Burst = burst,
                    };
                    var upstream = new UpstreamLimit(limit, burst, 1);
                    upstream.Tell(0, Start);
                    var local = new LocalBudget(upstream, 0, Start, 0, 0);
                    var now = Start;
                    var taken = 1;
                    await AskAsync(options, new(options, "one"), now);
                    foreach (var (pause, demand, header, wait) in steps)
                    {
                        now += pause;
                        var question = new BudgetQuestion(options, "one")
                        {
                            Demand = demand,
                            Header = header,
                            IsHeaderNews = header > 0,
                            Freeze = wait,
                            IsFreezeNews = wait > 0,
                            IsRefused = wait > 0,
                        };
                        var reply = await AskAsync(options, question, now);
                        var answer = new BudgetAnswer(null, reply.Answer.RetryIn);
                        if (demand is { } users)
                        {
                            answer = local.Take(users, now);
                        }
                        else
                        {
                            local.Report(header, wait, now);
                        }

                        taken += answer.Granted is null ? 0 : 1;
                        var expected = new BudgetReply(
                            answer,
                            upstream.Limit,
                            upstream.Burst,
                            upstream.Header,
                            local.Available,
                            Math.Max(0, upstream.FrozenUntil - now),
                            Math.Max(0, local.Hold(now)),
                            taken
                        );
                        Assert.Equal(expected, reply);
                    }
                },
                iter: 400
            );

    private Task<BudgetReply> AskAsync(RequestBudgetOptions options, BudgetQuestion question, long now) =>
        BudgetScript.RunAsync(
            redis.Connection.GetDatabase(),
            question with
            {
                Options = options with { RedisTime = () => now },
            }
        );

    private static (long, LaneDemand?, int, long) Take(long pause, int writes, int reads, int background) =>
        (pause, new LaneDemand(writes, reads, background), 0, 0);

    private static (long, LaneDemand?, int, long) Report(long pause, int header, long wait) =>
        (pause, null, header, wait);
}
