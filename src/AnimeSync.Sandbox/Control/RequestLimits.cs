using System.Text.Json.Serialization;

namespace AnimeSync.Sandbox.Control;

/// <summary>
/// Requests per minute, and most requests in any one second; off when not enabled. <c>Advertised</c>: what the headers
/// claim instead of the truth, as AniList's said 90 until the middle of 2025 while 30 were served.
/// </summary>
public sealed record LimitSettings(
    int PerMinute = 30,
    int Burst = 5,
    bool Enabled = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Advertised = null
);

/// <summary>
/// AniList's limit: a window of a minute from its first request, a minute's time-out for the request beyond it, and a
/// burst limit; for all callers together.
/// </summary>
internal sealed class RequestLimits(SandboxOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> lastSecond = new();
    private LimitSettings settings = new(options.PerMinute, Enabled: options.LimitsEnabled);
    private DateTimeOffset lastSeen;
    private DateTimeOffset windowEnds;
    private bool timedOut;
    private int used;

    public LimitSettings Settings
    {
        get => settings;
        set
        {
            lock (gate)
            {
                settings = value;
                Restart();
            }
        }
    }

    /// <summary>Counts a request; false when it is over a limit. What comes out is for the headers.</summary>
    public bool TryCount(out int limit, out int remaining)
    {
        var current = settings;
        limit = current.Advertised ?? current.PerMinute;
        remaining = Math.Max(0, limit - 1);
        return !current.Enabled || TryCountWithin(current, limit, out remaining);
    }

    private bool TryCountWithin(LimitSettings current, int limit, out int remaining)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now < lastSeen)
            {
                // The clock was put back: what is counted lies in its future.
                Restart();
            }

            lastSeen = now;
            if (now >= windowEnds)
            {
                windowEnds = now + Window;
                timedOut = false;
                used = 0;
            }

            while (lastSecond.TryPeek(out var oldest) && now - oldest >= Second)
            {
                lastSecond.Dequeue();
            }

            remaining = Math.Max(0, limit - used - 1);
            if (used >= current.PerMinute)
            {
                TimeOut(now);
                return false;
            }

            if (lastSecond.Count >= current.Burst)
            {
                return false;
            }

            used++;
            lastSecond.Enqueue(now);
            return true;
        }
    }

    // AniList's documents: who exceeds the limit waits for one minute, which is what Retry-After: 60 tells.
    private void TimeOut(DateTimeOffset now)
    {
        if (!timedOut)
        {
            timedOut = true;
            windowEnds = now + Window;
        }
    }

    private void Restart()
    {
        windowEnds = default;
        lastSeen = default;
        lastSecond.Clear();
    }
}
