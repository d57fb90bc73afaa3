namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>On a busy machine time passes between any two looks at the clock.</summary>
public sealed class SlowThreadTests(Upstream upstream) : IClassFixture<Upstream>
{
    [Fact]
    public async Task A_moment_that_has_just_passed_is_not_waited_for()
    {
        var token = await upstream.TokenAsync("rin");
        await using var process = new GatewayProcess(
            upstream.Address,
            options => options with { RequestsPerMinute = 120, Burst = 1 },
            new BusyClock()
        );
        var answers = Enumerable
            .Range(0, 12)
            .Select(i => process.AskAsync($"{{Viewer{{a{i}:id}}}}", Guid.NewGuid(), token))
            .ToList();

        await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>Two milliseconds are gone with each look, and timers are early, so that looks come close to the end.</summary>
    private sealed class BusyClock : TimeProvider
    {
        private long _looks;

        public override long GetTimestamp() =>
            System.GetTimestamp() + Interlocked.Increment(ref _looks) * System.TimestampFrequency / 530;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 2 : dueTime, period);
    }
}
