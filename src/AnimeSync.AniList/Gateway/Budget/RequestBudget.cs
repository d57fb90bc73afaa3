using static AnimeSync.AniList.Gateway.BudgetRules;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Lets any minute hold at most as many upstream requests as the upstream allows, over all processes, and shares them
/// out fairly. Counted in Redis; without one, or while it is away, in this process.
/// </summary>
public sealed class RequestBudget : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly BudgetClock _clock;
    private readonly LocalBudget _alone;
    private readonly SharedBudget? _shared;

    public RequestBudget(RequestBudgetOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Limit, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Limit, LargestLimit, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Burst, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Processes, 1, nameof(options));
        _clock = new(clock);
        _alone = LocalBudgets.Alone(options);
        _shared = options.Redis is { } redis ? new(options, new(redis, options.Cap, clock), _clock) : null;
    }

    public BudgetState State
    {
        get
        {
            if (_shared is not null)
            {
                return _shared.State();
            }

            lock (_lock)
            {
                return LocalBudgets.State(_alone, _clock.Now, isDegraded: false);
            }
        }
    }

    /// <summary>Asks for one permit, for whichever of the waiting lanes has its turn.</summary>
    public ValueTask<BudgetAnswer> TakeAsync(LaneDemand demand, CancellationToken cancellationToken)
    {
        if (_shared is not null)
        {
            return _shared.TakeAsync(demand, cancellationToken);
        }

        lock (_lock)
        {
            return new(_alone.Take(demand, _clock.Now));
        }
    }

    /// <summary>Takes a permit that needs no question and passes nobody whose turn it is; else changes nothing.</summary>
    public bool TryTake(Lane lane)
    {
        if (_shared is not null)
        {
            return false;
        }

        lock (_lock)
        {
            return _alone.TryTake(lane, _clock.Now);
        }
    }

    /// <summary>Says that this process waits for nothing any more, so that nothing is kept for it.</summary>
    public async ValueTask ReleaseDemandAsync() => await TakeAsync(default, CancellationToken.None);

    /// <summary>Learns from an upstream answer; costs nothing when that says nothing new.</summary>
    /// <param name="limited">The answer was a 429.</param>
    public ValueTask ReportAsync(AniListRateLimit headers, bool limited)
    {
        var header = headers.Limit is > 0 and var limit ? Math.Min(limit, LargestLimit) : 0;
        if (!limited && (header == 0 || header == (_shared?.Header ?? _alone.Limit.Header)))
        {
            return default;
        }

        var wait = limited ? (long)Wait(headers).TotalMicroseconds : 0;
        if (_shared is not null)
        {
            return _shared.ReportAsync(header, wait);
        }

        lock (_lock)
        {
            _alone.Report(header, wait, _clock.Now);
            return default;
        }
    }

    public ValueTask DisposeAsync() => _shared is null ? default : ReleaseDemandAsync();

    private static TimeSpan Wait(AniListRateLimit headers)
    {
        // AniList's clock against AniList's clock: ours may be wrong.
        var untilReset = headers.Reset - headers.Date;
        var wait = headers.RetryAfter ?? (untilReset > TimeSpan.Zero ? untilReset.Value : TimeSpan.FromMinutes(1));
        return TimeSpan.FromSeconds(Math.Clamp(wait.TotalSeconds, 1, 3600));
    }
}
