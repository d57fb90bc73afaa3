namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>The real time, and as much more as a test lets pass at once. Timers are real.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _passed;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _passed));

    public override long GetTimestamp() =>
        System.GetTimestamp()
        + (long)(TimeSpan.FromTicks(Volatile.Read(ref _passed)).TotalSeconds * System.TimestampFrequency);
}
