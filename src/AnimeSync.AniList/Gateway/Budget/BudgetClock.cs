namespace AnimeSync.AniList.Gateway;

/// <summary>Microseconds since it was made, of a clock that nobody sets: a step of the wall clock spends nothing.</summary>
internal sealed class BudgetClock(TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    public long Now => clock.GetElapsedTime(_started).Ticks / TimeSpan.TicksPerMicrosecond;
}
