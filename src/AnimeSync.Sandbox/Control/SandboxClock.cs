namespace AnimeSync.Sandbox.Control;

/// <summary>The sandbox's own time: it can be set and moved, and goes on ticking from there.</summary>
internal sealed class SandboxClock : TimeProvider
{
    // AniList's times are 32-bit seconds, which end in 2038; sample data and weekly slots need room on both sides.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2037, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock gate = new();
    private long offset;

    /// <summary>Whether this clock shows another time than the machine's.</summary>
    public bool IsMoved => Volatile.Read(ref offset) != 0;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref offset));

    public bool TrySet(DateTimeOffset now)
    {
        lock (gate)
        {
            return TryMove((now - System.GetUtcNow()).Ticks);
        }
    }

    public bool TryAdvance(TimeSpan by)
    {
        lock (gate)
        {
            return by.Duration() < Latest - Earliest && TryMove(offset + by.Ticks);
        }
    }

    private bool TryMove(long ticks)
    {
        var now = System.GetUtcNow();
        if (new TimeSpan(ticks) < Earliest - now || new TimeSpan(ticks) > Latest - now)
        {
            return false;
        }

        Volatile.Write(ref offset, ticks);
        return true;
    }
}
