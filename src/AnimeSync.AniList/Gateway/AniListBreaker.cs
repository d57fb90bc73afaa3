namespace AnimeSync.AniList.Gateway;

public enum BreakerState
{
    Closed,
    Open,

    /// <summary>One request is finding out whether AniList is back.</summary>
    HalfOpen,
}

/// <summary>
/// Leaves an AniList that is away alone: opens when AniList says that its API is off, or after five failures in a row;
/// then one request at a time tries again, after 15 s, 30 s, and every 60 s. The first success closes it.
/// </summary>
public sealed class AniListBreaker(TimeProvider clock)
{
    private const int FailuresInARow = 5;

    // A probe that never reports, because its process was suspended for one, must not keep the breaker open for ever.
    private static readonly TimeSpan _longestProbe = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _failures;
    private int _probes;
    private AniListFailure _reason;
    private long? _probeAt;
    private bool _isProbing;

    public BreakerState State
    {
        get
        {
            lock (_lock)
            {
                return _probeAt is null ? BreakerState.Closed
                    : _isProbing ? BreakerState.HalfOpen
                    : BreakerState.Open;
            }
        }
    }

    /// <summary>Whether a request would be let through now.</summary>
    /// <param name="retryIn">Until the next probe may go.</param>
    internal bool IsPassable(out AniListFailure reason, out TimeSpan retryIn)
    {
        lock (_lock)
        {
            reason = _reason;
            retryIn = Remaining();
            return retryIn == TimeSpan.Zero;
        }
    }

    /// <summary>Lets a request through, or a single probe; whoever was let through must report.</summary>
    internal bool TryEnter(out AniListFailure reason, out TimeSpan retryIn)
    {
        lock (_lock)
        {
            reason = _reason;
            retryIn = Remaining();
            if (retryIn > TimeSpan.Zero)
            {
                return false;
            }

            if (_probeAt is not null)
            {
                _isProbing = true;
                _probeAt = After(_longestProbe);
            }

            return true;
        }
    }

    /// <summary>In place of a report, when nothing was sent after all: the next one that comes may find out.</summary>
    internal void Leave()
    {
        lock (_lock)
        {
            if (_isProbing)
            {
                (_probeAt, _isProbing) = (clock.GetTimestamp(), false);
            }
        }
    }

    /// <summary>Any answer that AniList itself gave is a success, a refusal included.</summary>
    internal void Report(AniListFailure? failure)
    {
        lock (_lock)
        {
            if (
                failure
                is not (
                    AniListFailure.Disabled
                    or AniListFailure.Unreachable
                    or AniListFailure.Timeout
                    or AniListFailure.Broken
                )
            )
            {
                (_failures, _probes, _probeAt, _isProbing) = (0, 0, null, false);
                return;
            }

            _reason = failure.Value;
            _failures++;
            // Requests that were under way when it opened say nothing new.
            if (_isProbing || (_probeAt is null && (failure == AniListFailure.Disabled || _failures >= FailuresInARow)))
            {
                _isProbing = false;
                _probeAt = After(
                    TimeSpan.FromSeconds(
                        _probes++ switch
                        {
                            0 => 15,
                            1 => 30,
                            _ => 60,
                        }
                    )
                );
            }
        }
    }

    private TimeSpan Remaining()
    {
        if (_probeAt is not { } at)
        {
            return TimeSpan.Zero;
        }

        var remaining = at - clock.GetTimestamp();
        return remaining <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)remaining / clock.TimestampFrequency);
    }

    private long After(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
}
