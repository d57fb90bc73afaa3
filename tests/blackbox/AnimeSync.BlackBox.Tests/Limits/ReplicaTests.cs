using System.Globalization;
using System.Net;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Limits;

/// <summary>
/// Two replicas on one Redis, the second an hour ahead. Redis's own clock is the only one that counts, so a test can
/// move it instead of waiting for a minute to pass.
/// </summary>
[Collection(LimitedService.ForRedis)]
public sealed class ReplicaTests(Replicas replicas) : IClassFixture<Replicas>
{
    private const int Limit = Replicas.AddressLimit;

    [Fact]
    public Task Replicas_whose_clocks_differ_by_an_hour_grant_one_limit_between_them() =>
        replicas.SteadilyAsync(async address =>
        {
            using var first = replicas.First.Behind($"{address}");
            using var second = replicas.Second.Behind($"{address}");
            using var answer = await second.GetAsync("/nothing");
            using var probe = await first.GetAsync("/nothing");
            Assert.InRange((answer.Headers.Date - probe.Headers.Date)!.Value.TotalMinutes, 59, 61);

            var granted = await Task.WhenAll(Callers.CountAsync(first, Limit), Callers.CountAsync(second, Limit));

            Assert.Equal(Limit - 2, granted.Sum());
            Assert.True(granted.Min() > 0);
        });

    [Fact]
    public Task There_is_no_edge_of_a_minute_at_which_twice_as_much_fits_through() =>
        replicas.SteadilyAsync(async address =>
        {
            using var caller = replicas.First.Behind($"{address}");
            Assert.Equal(1, await Callers.CountAsync(caller, 1));

            await replicas.PassAsync(TimeSpan.FromSeconds(57));
            Assert.Equal(Limit - 1, await Callers.CountAsync(caller, Limit));

            // A window that began with the first request is over now; the sliding one still holds all but that.
            await replicas.PassAsync(TimeSpan.FromSeconds(5));
            Assert.Equal(1, await Callers.CountAsync(caller, Limit));
        });

    [Fact]
    public Task Who_waits_as_long_as_the_refusal_says_is_let_in_and_not_before() =>
        replicas.SteadilyAsync(async address =>
        {
            using var caller = replicas.First.Behind($"{address}");
            Assert.Equal(Limit / 2, await Callers.CountAsync(caller, Limit / 2));
            await replicas.PassAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(Limit / 2, await Callers.CountAsync(caller, Limit / 2));

            using var refusal = await caller.GetAsync("/nothing");
            await Callers.AssertRefusalAsync(refusal);
            var wait = int.Parse(refusal.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
            Assert.InRange(wait, 20, 40);

            await replicas.PassAsync(TimeSpan.FromSeconds(wait - 15));
            Assert.Equal(0, await Callers.CountAsync(caller, 1));
            await replicas.PassAsync(TimeSpan.FromSeconds(15));
            using var answer = await caller.GetAsync("/nothing");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        });
}
