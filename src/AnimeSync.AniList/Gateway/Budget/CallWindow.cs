using static AnimeSync.AniList.Gateway.BudgetRules;

namespace AnimeSync.AniList.Gateway;

/// <summary>Counts calls by the second: this one and the sixty before it, so never less than a minute's.</summary>
internal sealed class CallWindow
{
    private const int Slots = 61;

    private readonly int[] _counts = new int[Slots];
    private long _second;

    public int Count { get; private set; }

    /// <summary>Without the oldest second, which by now lies more than a minute back in part.</summary>
    public int CountOfAMinute => Count - _counts[(_second + 1) % Slots];

    public void MoveTo(long now)
    {
        var second = now / Second;
        if (second <= _second)
        {
            return;
        }

        for (var left = Math.Max(_second + 1, second - Slots + 1); left <= second; left++)
        {
            ref var count = ref _counts[left % Slots];
            Count -= count;
            count = 0;
        }

        _second = second;
    }

    public void Add()
    {
        _counts[_second % Slots]++;
        Count++;
    }

    /// <summary>How long until fewer calls than the limit are in the window.</summary>
    public long WaitFor(int limit, long now)
    {
        var (left, wait) = (Count, 0L);
        for (var second = _second - Slots + 1; left >= limit && second <= _second; second++)
        {
            var count = second < 0 ? 0 : _counts[second % Slots];
            left -= count;
            wait = count > 0 ? (second + Slots) * Second - now : wait;
        }

        return wait;
    }
}
