namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>A clock whose timestamps pass with the test, and whose wall time is wrong and can be set.</summary>
internal sealed class WrongClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _passed;
    private TimeSpan _step;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + _passed + _step;

    public void Pass(TimeSpan time) => _passed += time;

    public void Step(TimeSpan step) => _step += step;
}
