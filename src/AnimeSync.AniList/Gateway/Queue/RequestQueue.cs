namespace AnimeSync.AniList.Gateway;

/// <summary>Everything that waits for a permit in this process, by lane. Thread-safe.</summary>
internal sealed class RequestQueue(GatewayOptions options, TimeProvider clock)
{
    // Memory is bounded whatever comes; nobody is served out of a longer queue in time anyway.
    private const int MostPerLane = 5_000;

    private static readonly int[] _weights = [60, 30, 10];

    private readonly Lock _lock = new();
    private readonly LaneQueue[] _lanes = [new(), new(), new()];
    private TaskCompletionSource _changed = NewSignal();
    private int _count;

    /// <summary>Completes when something is added after this was read.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public int Waiting(Lane lane)
    {
        lock (_lock)
        {
            return _lanes[(int)lane].Count;
        }
    }

    /// <summary>Lets a ticket wait, or says at once that its turn would not come in time.</summary>
    /// <param name="refusedFor">How long until it is worth another try.</param>
    public bool TryAdd(Ticket ticket, BudgetState budget, out TimeSpan refusedFor)
    {
        lock (_lock)
        {
            refusedFor = TimeSpan.Zero;
            var lane = _lanes[(int)ticket.Lane];
            var wait = Estimate(lane, ticket, budget);
            if (wait > options.LongestWait(ticket.Lane) || lane.Count >= MostPerLane)
            {
                refusedFor = wait;
                return false;
            }

            Enter(ticket, first: false);
            return true;
        }
    }

    /// <summary>Back to where it was, for another try.</summary>
    public void Return(IEnumerable<Ticket> tickets)
    {
        lock (_lock)
        {
            foreach (var ticket in tickets.Reverse())
            {
                Enter(ticket, first: true);
            }
        }
    }

    public bool Remove(Ticket ticket)
    {
        lock (_lock)
        {
            var isRemoved = _lanes[(int)ticket.Lane].Remove(ticket);
            _count -= isRemoved ? 1 : 0;
            return isRemoved;
        }
    }

    public LaneDemand Demand(out TimeSpan ripensIn)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            var ripensAt = long.MaxValue;
            var demand = new LaneDemand(
                _lanes[0].CountRipe(now, ref ripensAt),
                _lanes[1].CountRipe(now, ref ripensAt),
                _lanes[2].CountRipe(now, ref ripensAt)
            );
            ripensIn =
                ripensAt == long.MaxValue
                    ? Timeout.InfiniteTimeSpan
                    : TimeSpan.FromSeconds((double)(ripensAt - now) / clock.TimestampFrequency);
            return demand;
        }
    }

    /// <summary>Takes out what goes with the next request of a lane: one ticket, or as many as can be folded.</summary>
    /// <returns>Null when nobody waits there any more.</returns>
    public Batch? Take(Lane lane)
    {
        lock (_lock)
        {
            if (_lanes[(int)lane].Next(clock.GetTimestamp()) is not { } first)
            {
                return null;
            }

            var batch = new Batch(first);
            // Whoever can go along does, from other lanes too: it costs nobody anything.
            foreach (var candidate in _lanes.SelectMany(other => other.Foldable))
            {
                if (batch.IsFull)
                {
                    break;
                }

                batch.TryAdd(candidate);
            }

            foreach (var ticket in batch.Tickets)
            {
                _lanes[(int)ticket.Lane].Remove(ticket);
                _count--;
            }

            return batch;
        }
    }

    /// <summary>Takes out those whose patience has ended by then.</summary>
    public IReadOnlyList<Ticket> TakeExpired(long at) => Take(ticket => ticket.ExpiresAt <= at);

    /// <summary>Takes out those that would go with this token.</summary>
    public IReadOnlyList<Ticket> TakeOf(string token) => Take(ticket => ticket.Token == token);

    private List<Ticket> Take(Func<Ticket, bool> which)
    {
        lock (_lock)
        {
            var taken = _lanes.SelectMany(lane => lane.All).Where(which).ToList();
            foreach (var ticket in taken)
            {
                _lanes[(int)ticket.Lane].Remove(ticket);
            }

            _count -= taken.Count;
            return taken;
        }
    }

    private void Enter(Ticket ticket, bool first)
    {
        _lanes[(int)ticket.Lane].Add(ticket, first);
        _count++;
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private TimeSpan Estimate(LaneQueue lane, Ticket ticket, BudgetState budget)
    {
        var active = 0;
        for (var i = 0; i < _lanes.Length; i++)
        {
            active += _lanes[i].Count > 0 || _lanes[i] == lane ? _weights[i] : 0;
        }

        var ahead = lane.Ahead(ticket) + 1 - budget.Available;
        var perSecond = budget.PermitsPerSecond * _weights[(int)ticket.Lane] / active;
        var seconds = ahead <= 0 || perSecond <= 0 ? 0 : ahead / perSecond;
        return budget.FrozenFor + TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromHours(1).TotalSeconds));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
