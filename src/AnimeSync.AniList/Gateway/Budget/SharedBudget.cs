using static AnimeSync.AniList.Gateway.BudgetRules;

namespace AnimeSync.AniList.Gateway;

/// <summary>Counts in Redis, and while that is away in this process; remembers what must outlive the change.</summary>
internal sealed class SharedBudget(RequestBudgetOptions options, RedisCircuit circuit, BudgetClock clock)
{
    private readonly Lock _lock = new();
    private readonly string _process = Guid.NewGuid().ToString("n");
    private LocalBudget? _local;
    private BudgetReply _last = BudgetReply.Before(options);
    private long? _lastAnswer;
    private int _header;
    private bool _isHeaderNews;
    private long _frozenUntil;
    private bool _isFreezeNews;
    private long _holdUntil;
    private long _seen;

    /// <summary>The last header's limit as far as this process knows.</summary>
    public int Header => Volatile.Read(ref _header);

    public async ValueTask<BudgetAnswer> TakeAsync(LaneDemand demand, CancellationToken cancellationToken)
    {
        if (await AskAsync(demand, isRefused: false, cancellationToken) is { } reply)
        {
            return reply.Answer;
        }

        lock (_lock)
        {
            var now = clock.Now;
            var local = CountLocally(now);
            var answer = local.Take(demand, now);
            _holdUntil = now + local.Hold(now);
            return answer;
        }
    }

    public async ValueTask ReportAsync(int header, long wait)
    {
        lock (_lock)
        {
            (_header, _isHeaderNews) = header > 0 ? (header, true) : (_header, _isHeaderNews);
            (_frozenUntil, _isFreezeNews) =
                wait > 0 ? (Math.Max(_frozenUntil, clock.Now + wait), true) : (_frozenUntil, _isFreezeNews);
        }

        if (await AskAsync(null, isRefused: wait > 0, CancellationToken.None) is null)
        {
            lock (_lock)
            {
                var now = clock.Now;
                var local = CountLocally(now);
                local.Report(header, wait, now);
                _holdUntil = now + local.Hold(now);
            }
        }
    }

    public BudgetState State()
    {
        lock (_lock)
        {
            var now = clock.Now;
            if (_local is not null)
            {
                return LocalBudgets.State(_local, now, isDegraded: true);
            }

            var frozen = Math.Max(0, _frozenUntil - now);
            return new(
                _last.Limit,
                _last.Burst,
                frozen > 0 ? 0 : _last.Available,
                TimeSpan.FromMicroseconds(frozen),
                frozen > 0 ? 0 : (double)Rate(_last.Limit, options.Burst) / RefillSeconds,
                IsDegraded: false
            );
        }
    }

    private async ValueTask<BudgetReply?> AskAsync(
        LaneDemand? demand,
        bool isRefused,
        CancellationToken cancellationToken
    )
    {
        BudgetQuestion question;
        var asked = clock.Now;
        lock (_lock)
        {
            question = new(options, _process)
            {
                Demand = demand,
                Header = _header,
                IsHeaderNews = _isHeaderNews,
                Freeze = Math.Max(0, _frozenUntil - asked),
                IsFreezeNews = _isFreezeNews,
                IsRefused = isRefused,
                Hold = Math.Max(0, _holdUntil - asked),
                IsApart = IsApart(asked),
                Seen = _seen,
            };
        }

        if (await circuit.AskAsync(redis => BudgetScript.RunAsync(redis, question), cancellationToken) is not { } reply)
        {
            return null;
        }

        lock (_lock)
        {
            Learn(question, reply, asked);
        }

        return reply;
    }

    // Counted from when the question was asked, so that what comes back to Redis never makes a freeze longer.
    private void Learn(BudgetQuestion question, BudgetReply reply, long asked)
    {
        (_local, _last, _lastAnswer) = (null, reply, asked);
        _isHeaderNews &= _header != question.Header;
        _header = _isHeaderNews || reply.Header == 0 ? _header : reply.Header;
        _isFreezeNews &= _frozenUntil > asked + question.Freeze;
        _frozenUntil = Math.Max(_frozenUntil, asked + reply.Frozen);
        _holdUntil = asked + reply.Hold;
        _seen = Math.Max(_seen, reply.Taken);
    }

    // Before this process's last answer all were together, and none grants by itself as soon as they are not. The half
    // is for those who believe in another limit.
    private bool IsApart(long now) =>
        _local is not null
        && (_lastAnswer is not { } answered || now - answered >= LocalBudgets.FirstGrant(options, _last.Limit) / 2);

    private LocalBudget CountLocally(long now)
    {
        if (_local is null)
        {
            var wait = Math.Max(0, Math.Max(_frozenUntil, _holdUntil) - now);
            _local = LocalBudgets.Share(options, _last.Header, _last.Limit, wait, now);
            _local.Limit.Freeze(_frozenUntil);
            _local.Report(_header, 0, now);
        }

        return _local;
    }
}
