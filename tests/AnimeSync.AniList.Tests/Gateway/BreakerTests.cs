using AnimeSync.AniList.Gateway;
using Microsoft.Extensions.Time.Testing;

namespace AnimeSync.AniList.Tests.Gateway;

public sealed class BreakerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AniListBreaker _breaker;

    public BreakerTests() => _breaker = new(_clock);

    [Fact]
    public void Five_failures_in_a_row_open_it()
    {
        for (var i = 0; i < 4; i++)
        {
            Fail(AniListFailure.Timeout);
        }

        Assert.Equal(BreakerState.Closed, _breaker.State);

        Fail(AniListFailure.Unreachable);

        Assert.Equal(BreakerState.Open, _breaker.State);
        Assert.False(_breaker.TryEnter(out var reason, out var retryIn));
        Assert.Equal((AniListFailure.Unreachable, TimeSpan.FromSeconds(15)), (reason, retryIn));
    }

    [Fact]
    public void An_answer_in_between_starts_the_count_anew()
    {
        for (var i = 0; i < 20; i++)
        {
            Fail(i % 5 == 4 ? AniListFailure.NotFound : AniListFailure.Broken);
        }

        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public void AniList_turning_its_API_off_opens_it_at_once()
    {
        Fail(AniListFailure.Disabled);

        Assert.Equal(BreakerState.Open, _breaker.State);
    }

    [Fact]
    public void One_probe_at_a_time_goes_after_15_then_30_then_every_60_seconds()
    {
        Fail(AniListFailure.Disabled);

        foreach (var seconds in (int[])[15, 30, 60, 60, 60])
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.False(_breaker.TryEnter(out _, out _));
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(_breaker.TryEnter(out _, out _));
            Assert.Equal(BreakerState.HalfOpen, _breaker.State);
            Assert.False(_breaker.TryEnter(out _, out _));
            _breaker.Report(AniListFailure.Disabled);
        }
    }

    [Fact]
    public void The_first_success_closes_it_and_the_schedule_begins_anew()
    {
        Fail(AniListFailure.Disabled);
        _clock.Advance(TimeSpan.FromSeconds(15));
        Fail(AniListFailure.Disabled);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True(_breaker.TryEnter(out _, out _));
        _breaker.Report(null);

        Assert.Equal(BreakerState.Closed, _breaker.State);
        Fail(AniListFailure.Disabled);
        Assert.False(_breaker.TryEnter(out _, out var retryIn));
        Assert.Equal(TimeSpan.FromSeconds(15), retryIn);
    }

    [Fact]
    public void Requests_that_were_under_way_when_it_opened_put_nothing_off()
    {
        Fail(AniListFailure.Disabled);
        _clock.Advance(TimeSpan.FromSeconds(10));
        _breaker.Report(AniListFailure.Timeout);

        Assert.False(_breaker.TryEnter(out _, out var retryIn));
        Assert.Equal(TimeSpan.FromSeconds(5), retryIn);
    }

    [Fact]
    public void A_probe_that_never_comes_back_does_not_keep_it_open_for_ever()
    {
        Fail(AniListFailure.Disabled);
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.True(_breaker.TryEnter(out _, out _));

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True(_breaker.TryEnter(out _, out _));
    }

    private void Fail(AniListFailure failure)
    {
        _breaker.TryEnter(out _, out _);
        _breaker.Report(failure);
    }
}
