using static AnimeSync.AniList.Gateway.BudgetRules;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// The limit that holds now: the header's, unless a refusal proved a lower one; and the burst, and whether all wait.
/// </summary>
/// <param name="share">How many processes divide the limit.</param>
internal sealed class UpstreamLimit(int assumed, int burst, int share)
{
    private int _lowered;
    private long _loweredAt;
    private int _burstCap;
    private long _burstUntil;

    /// <summary>What the last header said; 0 before one did.</summary>
    public int Header { get; private set; }

    /// <summary>The whole limit, had nothing been refused.</summary>
    public int Full => Header > 0 ? Header : assumed;

    public int Limit { get; private set; }

    public int Burst { get; private set; }

    public int Rate { get; private set; }

    public long FrozenUntil { get; private set; }

    public void Tell(int header, long now)
    {
        Header = header > 0 ? header : Header;
        Update(now);
    }

    public void Freeze(long until) => FrozenUntil = Math.Max(FrozenUntil, until);

    public void LowerTo(int limit, long now)
    {
        (_lowered, _loweredAt) = (limit, now);
        Update(now);
    }

    /// <summary>A refusal while all wait already is about a request sent before, and says nothing new.</summary>
    /// <param name="calls">Made in the minute before it.</param>
    public void Refuse(long wait, int calls, long now)
    {
        if (FrozenUntil <= now)
        {
            if (calls * share >= CallsThatProveALimit)
            {
                var whole = Whole;
                (_lowered, _loweredAt) = (Math.Min(whole, Math.Max(LowestLimit, calls * share - 1)), now);
            }
            else
            {
                (_burstCap, _burstUntil) = (Math.Max(1, Burst / 2), now + BurstPenalty);
                _loweredAt = now;
            }
        }

        Freeze(now + wait);
        Update(now);
    }

    /// <summary>Lets what time heals heal.</summary>
    public void MoveTo(long now)
    {
        if ((_lowered > 0 && now - _loweredAt >= CleanTime) || (_burstUntil > 0 && _burstUntil <= now))
        {
            Update(now);
        }
    }

    private int Whole => _lowered > 0 ? _lowered : Full;

    private void Update(long now)
    {
        while (_lowered > 0 && _lowered < Full && now - _loweredAt >= CleanTime)
        {
            _lowered += Math.Max(1, _lowered / 10);
            _loweredAt += CleanTime;
        }

        _lowered = _lowered < Full ? _lowered : 0;
        _burstUntil = _burstUntil > now ? _burstUntil : 0;
        Limit = Whole / share;
        Burst = FullBurst(Limit, burst);
        Burst = _burstUntil > 0 ? Math.Min(Burst, _burstCap) : Burst;
        // A burst that is halved as a penalty must not make the rest faster.
        Rate = BudgetRules.Rate(Limit, burst);
    }
}
