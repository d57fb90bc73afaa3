namespace AnimeSync.AniList.Gateway;

/// <summary>The tickets of one lane. Askers take turns, however many tickets each has.</summary>
internal sealed class LaneQueue
{
    private readonly Dictionary<Guid, LinkedList<Ticket>> _askers = [];
    private readonly LinkedList<Guid> _turns = [];
    private readonly LinkedList<Ticket> _foldable = [];
    private double _foldableWeight;

    public int Count { get; private set; }

    public IEnumerable<Ticket> All => _askers.Values.SelectMany(tickets => tickets);

    /// <summary>In the order of arrival, whoever asked.</summary>
    public IEnumerable<Ticket> Foldable => _foldable;

    public void Add(Ticket ticket, bool first = false)
    {
        if (!_askers.TryGetValue(ticket.Asker, out var tickets))
        {
            _askers[ticket.Asker] = tickets = [];
            _turns.AddLast(ticket.Asker);
        }

        ticket.Place = first ? tickets.AddFirst(ticket) : tickets.AddLast(ticket);
        if (ticket.Parts is not null)
        {
            ticket.PlaceAmongFoldable = first ? _foldable.AddFirst(ticket) : _foldable.AddLast(ticket);
            _foldableWeight += ticket.Weight;
        }

        Count++;
    }

    /// <returns>False when it is not here any more.</returns>
    public bool Remove(Ticket ticket)
    {
        if (ticket.Place is not { } place)
        {
            return false;
        }

        var tickets = place.List!;
        tickets.Remove(place);
        ticket.Place = null;
        if (ticket.PlaceAmongFoldable is { } among)
        {
            _foldable.Remove(among);
            ticket.PlaceAmongFoldable = null;
            _foldableWeight -= ticket.Weight;
        }

        if (tickets.Count == 0)
        {
            _askers.Remove(ticket.Asker);
            _turns.Remove(ticket.Asker);
        }

        Count--;
        return true;
    }

    /// <summary>The first ripe ticket of the asker who has waited longest for a turn; stays here until removed.</summary>
    public Ticket? Next(long now)
    {
        for (var turn = _turns.First; turn is not null; turn = turn.Next)
        {
            var ticket = _askers[turn.Value].First!.Value;
            if (ticket.RipeAt <= now)
            {
                _turns.Remove(turn);
                _turns.AddLast(turn);
                return ticket;
            }
        }

        return null;
    }

    /// <summary>Askers with something ripe, and when the next ticket ripens.</summary>
    public int CountRipe(long now, ref long ripensAt)
    {
        var ripe = 0;
        foreach (var tickets in _askers.Values)
        {
            var at = tickets.First!.Value.RipeAt;
            if (at <= now)
            {
                ripe++;
            }
            else
            {
                ripensAt = Math.Min(ripensAt, at);
            }
        }

        return ripe;
    }

    /// <summary>Requests that go before a new ticket of this asker does.</summary>
    public double Ahead(Ticket ticket)
    {
        var own = _askers.TryGetValue(ticket.Asker, out var tickets) ? tickets.Count : 0;
        var whole = 0;
        foreach (var other in _askers.Values)
        {
            // Foldable ones count by weight below, as they go with whoever goes first.
            whole += Math.Min(other.Count, own + 1);
        }

        return ticket.Parts is null ? whole : Math.Min(whole, _foldableWeight);
    }
}
