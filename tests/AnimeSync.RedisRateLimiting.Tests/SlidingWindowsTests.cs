using System.Threading.RateLimiting;
using CsCheck;
using RedisRateLimiting.Tests.Infrastructure;

namespace RedisRateLimiting.Tests;

/// <summary>Several windows asked with one question.</summary>
public sealed class SlidingWindowsTests(SharedRedis redis)
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task One_that_refuses_costs_the_others_nothing()
    {
        var (wide, narrow) = (Limiters.NewKey(), Limiters.NewKey());
        await AskAsync(Window(narrow, 2, 3));

        var refused = await AskAsync(Window(wide, 4, 10), Window(narrow, 2, 3));
        Assert.Equal([(true, 10L), (false, 1L)], refused.Select(verdict => (verdict.Allowed, verdict.Remaining)));
        Assert.InRange(refused[1].RetryAfter, 1, 60_000_000);

        var granted = await AskAsync(Window(wide, 4, 10), Window(narrow, 1, 3));
        Assert.Equal([(true, 6L), (true, 0L)], granted.Select(verdict => (verdict.Allowed, verdict.Remaining)));
    }

    [Fact]
    public async Task They_count_together_with_limiters_of_their_partitions()
    {
        var key = Limiters.NewKey();
        var limiter = Limiters.Create(Kind.Sliding, key, redis.Circuit, 5, _minute);
        await AskAsync(Window(key, 3, 5), Window(Limiters.NewKey(), 1, 1));

        Assert.False((await limiter.TakeAsync(3)).IsAcquired);
        Assert.True((await limiter.TakeAsync(2)).IsAcquired);
        Assert.False((await AskAsync(Window(key, 1, 5)))[0].Allowed);
    }

    [Fact]
    public Task They_follow_the_definition_of_one_window_each() =>
        Gen.Select(Gen.Int[1, 12].Array[1, 4], Gen.Int[5, 40], Gen.Select(Gen.Int[0, 12], Gen.Int[0, 6]).Array[1, 25])
            .SampleAsync(
                async (limits, milliseconds, history) =>
                {
                    var keys = limits.Select(_ => Limiters.NewKey()).ToList();
                    var models = limits.Select(limit => new SlidingModel(limit, milliseconds * 1000)).ToList();
                    foreach (var (permits, pause) in history)
                    {
                        await Task.Delay(pause > 3 ? pause * 3 : 0, TestContext.Current.CancellationToken);
                        var windows = limits.Select(
                            (limit, index) =>
                                new RedisSlidingWindow(
                                    keys[index],
                                    Math.Min(permits, limit),
                                    limit,
                                    TimeSpan.FromMilliseconds(milliseconds)
                                )
                        );
                        var answers = await AskAsync([.. windows]);

                        // Asking for nothing tells whether one permit is left, and takes none.
                        var isGranted = models.Zip(answers).All(pair => pair.First.Has(permits, pair.Second.At));
                        foreach (var (model, answer) in models.Zip(answers))
                        {
                            Assert.Equal(model.Has(permits, answer.At), answer.Allowed);
                            Assert.Equal(
                                isGranted ? model.Take(permits, answer.At) : model.Peek(permits, answer.At),
                                answer
                            );
                        }
                    }
                },
                iter: 60
            );

    [Fact]
    public async Task Without_an_answer_everybody_is_told_so()
    {
        using var server = await new RedisServer().StartAsync();
        await using var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(
            Limiters.Configuration(server.Address)
        );
        var circuit = Limiters.Patient(connection);
        Assert.NotNull(await TryAskAsync(circuit, Window(Limiters.NewKey(), 1, 1)));
        server.Kill();

        Assert.Null(await TryAskAsync(circuit, Window(Limiters.NewKey(), 1, 1)));
        Assert.True(circuit.IsOpen);
        Assert.Null(await TryAskAsync(RedisCircuit.InProcess(TimeProvider.System), Window(Limiters.NewKey(), 1, 1)));
    }

    [Fact]
    public async Task More_than_a_limit_at_once_is_a_programming_mistake() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AskAsync(Window(Limiters.NewKey(), 2, 1)));

    private static RedisSlidingWindow Window(string key, int permits, int limit) => new(key, permits, limit, _minute);

    private static async Task<IReadOnlyList<RateLimitLease>?> TryAskAsync(
        RedisCircuit circuit,
        params RedisSlidingWindow[] windows
    ) => await RedisSlidingWindows.TryAcquireAsync(circuit, windows, TestContext.Current.CancellationToken);

    private async Task<List<Verdict>> AskAsync(params RedisSlidingWindow[] windows) =>
        [.. (await TryAskAsync(redis.Circuit, windows))!.Select(Limiters.VerdictOf)];
}
