using System.Threading.RateLimiting;
using CsCheck;
using RedisRateLimiting.Tests.Infrastructure;

namespace RedisRateLimiting.Tests;

/// <summary>Random histories, answered by the limiter and by a model that only knows the definition.</summary>
public sealed class ModelTests(SharedRedis redis)
{
    private static readonly Gen<(int Limit, int PerPeriod)> _limits = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12]);

    [Fact]
    public void Counting_in_this_process_follows_the_definitions() =>
        Gen.Select(_limits, Gen.Long[1, 2000], Gen.Select(Gen.Int[0, 12], Gen.Long[0, 700]).Array[1, 60])
            .Sample(
                (limits, window, history) =>
                {
                    var (limit, perPeriod) = limits;
                    // A step is always a part of its window; what lies further ahead is taken for another clock.
                    var step = Math.Min(37, window);
                    (LocalCounter, Model)[] pairs =
                    [
                        (new LocalFixedWindow(limit, window), new FixedModel(limit, window)),
                        (new LocalSlidingWindow(limit, window, 1), new SlidingModel(limit, window)),
                        (new LocalSlidingWindow(limit, window, step), new SlidingModel(limit, window, step)),
                        (new LocalTokenBucket(limit, perPeriod, window), new BucketModel(limit, perPeriod, window)),
                    ];
                    foreach (var (counter, model) in pairs)
                    {
                        var now = 1_800_000_000_000_000;
                        foreach (var (permits, pause) in history)
                        {
                            now += pause;
                            var asked = Math.Min(permits, limit);
                            Assert.Equal(model.Take(asked, now), counter.Take(asked, now));
                        }
                    }
                }
            );

    [Theory]
    [InlineData(Kind.Fixed)]
    [InlineData(Kind.Sliding)]
    [InlineData(Kind.Bucket)]
    public Task Counting_in_Redis_follows_the_definitions(Kind kind) =>
        Gen.Select(_limits, Gen.Int[5, 40], Gen.Select(Gen.Int[0, 12], Gen.Int[0, 6]).Array[1, 25])
            .SampleAsync(
                async (limits, milliseconds, history) =>
                {
                    var (limit, perPeriod) = limits;
                    var window = TimeSpan.FromMilliseconds(milliseconds);
                    var (limiter, model) = Pair(kind, limit, perPeriod, window);
                    foreach (var (permits, pause) in history)
                    {
                        await Task.Delay(pause > 3 ? pause * 3 : 0, TestContext.Current.CancellationToken);
                        var asked = Math.Min(permits, limit);
                        var answer = Limiters.VerdictOf(await limiter.TakeAsync(asked));

                        // The server says when it counted, so the model can be asked about the same moment.
                        Assert.Equal(model.Take(asked, answer.At), answer);
                    }
                },
                iter: 60
            );

    private (RateLimiter, Model) Pair(Kind kind, int limit, int perPeriod, TimeSpan window)
    {
        var key = Limiters.NewKey();
        var microseconds = window.Ticks / TimeSpan.TicksPerMicrosecond;
        return kind switch
        {
            Kind.Fixed => (
                Limiters.Create(kind, key, redis.Circuit, limit, window),
                new FixedModel(limit, microseconds)
            ),
            Kind.Sliding => (
                Limiters.Create(kind, key, redis.Circuit, limit, window),
                new SlidingModel(limit, microseconds)
            ),
            _ => (
                new RedisTokenBucketRateLimiter<string>(
                    key,
                    new()
                    {
                        Circuit = redis.Circuit,
                        TokenLimit = limit,
                        TokensPerPeriod = perPeriod,
                        ReplenishmentPeriod = window,
                    }
                ),
                new BucketModel(limit, perPeriod, microseconds)
            ),
        };
    }
}
