namespace AnimeSync.Sandbox.Control;

/// <summary>Requests per minute, and most requests in any one second; off when not enabled.</summary>
public sealed record LimitSettings(int PerMinute = 30, int Burst = 5, bool Enabled = false);

/// <summary>AniList's limit: a window of a minute from its first request, and a burst limit, for all callers together.</summary>
internal sealed class RequestLimits(SandboxOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> lastSecond = new();
    private LimitSettings settings = new(Enabled: options.LimitsEnabled);
    private DateTimeOffset windowEnds;
    private int used;

    public LimitSettings Settings
    {
        get => settings;
        set
        {
            lock (gate)
            {
                settings = value;
                windowEnds = default;
                lastSecond.Clear();
            }
        }
    }

    /// <summary>Counts a request; false when it is over a limit. <paramref name="remaining"/> is for the header.</summary>
    public bool TryCount(out int limit, out int remaining)
    {
        var current = settings;
        limit = current.PerMinute;
        if (!current.Enabled)
        {
            remaining = limit - 1;
            return true;
        }

        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now >= windowEnds)
            {
                windowEnds = now + Window;
                used = 0;
            }

            while (lastSecond.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(1))
            {
                lastSecond.Dequeue();
            }

            remaining = Math.Max(0, limit - used - 1);
            if (used >= limit || lastSecond.Count >= current.Burst)
            {
                return false;
            }

            used++;
            lastSecond.Enqueue(now);
            return true;
        }
    }
}
