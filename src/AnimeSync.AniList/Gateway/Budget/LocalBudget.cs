using static AnimeSync.AniList.Gateway.BudgetRules;

namespace AnimeSync.AniList.Gateway;

/// <summary>Counts in this process exactly as the script counts in Redis for one process. Not thread-safe.</summary>
/// <param name="debt">Tokens that the bucket, which starts empty, has to gain first.</param>
/// <param name="closedUntil">Until then the bucket gains nothing.</param>
/// <param name="blindUntil">Until then the last minute holds calls that were not counted here.</param>
internal sealed class LocalBudget(UpstreamLimit limit, long debt, long started, long closedUntil, long blindUntil)
{
    private readonly CallWindow _calls = new();
    private readonly LaneTurns _lanes = new();
    private long _tokens = -debt;
    private long _at = started;
    private long _closedUntil = closedUntil;
    private long _droppedUntil;

    public UpstreamLimit Limit => limit;

    public int Available => (int)Math.Max(0, Math.Min(_tokens / Permit, limit.Limit - _calls.Count));

    /// <summary>How long who knows nothing of the last minute's calls has to wait because of them.</summary>
    public long Hold(long now) =>
        Math.Max(_calls.WaitFor(limit.Limit, now), Math.Max(_droppedUntil, _closedUntil) - now);

    public BudgetAnswer Take(LaneDemand demand, long now)
    {
        MoveTo(now);
        _lanes.Register(demand, now);
        var wait = _lanes.Next() is null ? LongestRetry : Wait(now);
        if (wait > 0 || _lanes.Next() is not { } lane)
        {
            var retry = Math.Clamp(wait, ShortestRetry, LongestRetry);
            return new(null, TimeSpan.FromMicroseconds(retry));
        }

        Spend(lane);
        return new(lane, TimeSpan.Zero);
    }

    public bool TryTake(Lane lane, long now)
    {
        MoveTo(now);
        if (_tokens < Permit || limit.FrozenUntil > now || _calls.Count >= limit.Limit || !_lanes.IsNext(lane, now))
        {
            return false;
        }

        Spend(lane);
        return true;
    }

    /// <param name="wait">0 unless the request was refused for coming too often.</param>
    public void Report(int header, long wait, long now)
    {
        MoveTo(now);
        var (full, before) = (limit.Full, limit.Limit);
        limit.Tell(header, now);
        if (wait > 0)
        {
            limit.Refuse(wait, _calls.CountOfAMinute, now);
        }

        _tokens = Math.Min(_tokens, limit.Burst * Permit);
        if (limit.Limit < before || limit.Full < full)
        {
            // A bucket keeps to a limit that stays. After a drop the count of calls does, and must be complete.
            _droppedUntil = now + RefillSeconds * Second;
            if (blindUntil > now)
            {
                _tokens = Math.Min(_tokens, 0);
                _closedUntil = Math.Max(_closedUntil, blindUntil);
            }
        }
    }

    public void MoveTo(long now)
    {
        var full = limit.Burst * Permit;
        var gaining = Math.Max(0, now - Math.Max(_at, _closedUntil));
        _tokens =
            gaining >= TimeToGain(full - _tokens, limit.Rate) ? full : _tokens + gaining * limit.Rate / RefillSeconds;
        _at = now;
        limit.MoveTo(now);
        _tokens = Math.Min(_tokens, limit.Burst * Permit);
        _calls.MoveTo(now);
    }

    private long Wait(long now)
    {
        // A share of less than one request a minute is none: whatever this process sent might be one too many.
        if (limit.Limit == 0)
        {
            return LongestRetry;
        }

        var gain = Math.Max(0, _closedUntil - now) + TimeToGain(Permit - _tokens, limit.Rate);
        return Math.Max(Math.Max(limit.FrozenUntil - now, gain), _calls.WaitFor(limit.Limit, now));
    }

    private void Spend(Lane lane)
    {
        _tokens -= Permit;
        _calls.Add();
        _lanes.Serve(lane);
    }
}
