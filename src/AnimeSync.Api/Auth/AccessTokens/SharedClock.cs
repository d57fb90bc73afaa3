namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>
/// This process's clock, corrected to the database's: replicas whose clocks differ by a minute still agree on when
/// a token begins and ends.
/// </summary>
internal sealed class SharedClock(TimeProvider clock)
{
    private long _offsetTicks;

    public DateTimeOffset GetUtcNow() => clock.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offsetTicks));

    public void Observe(DateTimeOffset databaseNow) =>
        Volatile.Write(ref _offsetTicks, (databaseNow - clock.GetUtcNow()).Ticks);
}
