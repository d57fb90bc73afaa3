using System.Diagnostics.Metrics;
using AnimeSync.AniList.Gateway;
using AnimeSync.AniList.Tests.Gateway.Requests;

namespace AnimeSync.AniList.Tests.Gateway;

public sealed class GatewayMetricsTests
{
    [Fact]
    public void Answers_requests_and_waits_are_counted_by_source_lane_and_outcome()
    {
        using var readings = new Readings();

        readings.Metrics.Answered("cache");
        readings.Metrics.Coalesced();
        readings.Metrics.Sent("reads", GatewayMetrics.OutcomeOf(null), 12, TimeSpan.FromMilliseconds(250));
        readings.Metrics.Waited("writes", TimeSpan.FromSeconds(2));
        readings.Metrics.Refused("background");

        Assert.Equal(
            [
                "animesync.anilist.answers{source=cache} 1",
                "animesync.anilist.coalesced{} 1",
                "animesync.anilist.requests{lane=reads,outcome=ok} 1",
                "animesync.anilist.request.duration{lane=reads,outcome=ok} 0.25",
                "animesync.anilist.batch.size{lane=reads} 12",
                "animesync.anilist.lane.wait{lane=writes} 2",
                "animesync.anilist.lane.refused{lane=background} 1",
            ],
            readings.Seen
        );
    }

    [Fact]
    public void The_gateways_state_is_read_when_somebody_looks()
    {
        using var readings = new Readings();
        var now = new GatewayObservation(30, 3.5, Degraded: false, 1, 2, 3, "closed");
        readings.Metrics.Observe(() => now);

        Assert.Equal(
            [
                "animesync.anilist.budget.limit{} 30",
                "animesync.anilist.budget.available{} 3.5",
                "animesync.anilist.budget.degraded{} 0",
                "animesync.anilist.lane.depth{lane=writes} 1",
                "animesync.anilist.lane.depth{lane=reads} 2",
                "animesync.anilist.lane.depth{lane=background} 3",
                "animesync.anilist.breaker{state=closed} 1",
                "animesync.anilist.breaker{state=open} 0",
                "animesync.anilist.breaker{state=half_open} 0",
            ],
            readings.Look()
        );

        now = now with { Degraded = true, Breaker = "half_open" };
        Assert.Contains("animesync.anilist.budget.degraded{} 1", readings.Look());
        Assert.Contains("animesync.anilist.breaker{state=closed} 0", readings.Look());
        Assert.Contains("animesync.anilist.breaker{state=half_open} 1", readings.Look());
    }

    [Theory]
    [InlineData(AniListFailure.InvalidToken, "invalid_token")]
    [InlineData(AniListFailure.RateLimited, "rate_limited")]
    [InlineData(AniListFailure.Timeout, "timeout")]
    public void An_outcome_is_the_failures_name_in_snake_case(AniListFailure failure, string outcome) =>
        Assert.Equal(outcome, GatewayMetrics.OutcomeOf(failure));

    [Fact]
    public async Task A_turn_that_came_at_once_counts_as_no_wait()
    {
        using var readings = new Readings();
        await using var world = new GatewayWorld(metrics: readings.Metrics);
        // Of a budget that starts empty the first permit may be a moment away.
        using var first = await world.AskAsync("{Viewer{id}}");
        using var second = await world.AskAsync("{Viewer{name}}");

        var waits = readings.Seen.Where(seen =>
            seen.StartsWith("animesync.anilist.lane.wait", StringComparison.Ordinal)
        );

        Assert.Equal("animesync.anilist.lane.wait{lane=reads} 0", waits.ElementAt(1));
        Assert.Equal(2, waits.Count());
    }

    [Fact]
    public void Batches_have_buckets_that_tell_small_ones_apart()
    {
        using var readings = new Readings();

        var sizes = Assert.Single(readings.Instruments.OfType<Histogram<int>>());

        Assert.Equal([1, 2, 5, 10, 20, 50], sizes.Advice?.HistogramBucketBoundaries);
    }
}
