using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// What goes into one request: one ticket as it is, or several folded into one document within AniList's limits.
/// Public queries fold with each other, one user's list edits with each other.
/// </summary>
internal sealed class Batch
{
    /// <summary>AniList refuses more than 500 selected fields; the rest is for a difference in counting.</summary>
    public const int Complexity = 450;

    /// <summary>The largest page AniList gives out.</summary>
    public const int Ids = 50;

    private const int Mutations = 10;
    private const int TextLength = 64 * 1024;

    // Page, media and the id that tells the entries apart, in place of Media.
    private const int IdLoadComplexity = 2;

    private readonly List<Ticket> _tickets;
    private readonly List<Ticket> _whole = [];
    private readonly Dictionary<string, IdLoad> _idLoads = new(StringComparer.Ordinal);
    private readonly Ticket _first;
    private int _complexity;
    private int _length;

    public Batch(Ticket first)
    {
        _first = first;
        _tickets = [first];
        if (first.Parts is { } parts)
        {
            Add(first, parts);
        }
    }

    public IReadOnlyList<Ticket> Tickets => _tickets;

    /// <summary>Tickets whose root fields stand in the document under other names.</summary>
    public IReadOnlyList<Ticket> Whole => _whole;

    /// <summary>Titles that are asked for by id with the same selection.</summary>
    public IReadOnlyCollection<IdLoad> IdLoads => _idLoads.Values;

    public bool IsMutation => _first.Parts?.IsMutation == true;

    public bool IsFull =>
        _first.Parts is null || _complexity >= Complexity || (IsMutation && _tickets.Count >= Mutations);

    public void TryAdd(Ticket ticket)
    {
        if (
            ticket != _first
            && ticket.Parts is { } parts
            && parts.IsMutation == IsMutation
            && ticket.Circle == _first.Circle
            && (
                !IsMutation
                || (
                    ticket.Asker == _first.Asker
                    && _tickets.Sum(t => t.Parts!.Fields.Count) + parts.Fields.Count <= Mutations
                )
            )
            && Fits(parts)
        )
        {
            _tickets.Add(ticket);
            Add(ticket, parts);
        }
    }

    private bool Fits(FoldableOperation parts)
    {
        var length = parts.Fields.Sum(field => field.Text.Length);
        if (parts.Fields is [{ MediaId: { } id, Selection: { } selection }])
        {
            if (_idLoads.TryGetValue(selection, out var load))
            {
                return load.Has(id) || load.Count < Ids;
            }

            return _complexity + parts.Complexity + IdLoadComplexity <= Complexity && _length + length <= TextLength;
        }

        return _complexity + parts.Complexity <= Complexity && _length + length <= TextLength;
    }

    private void Add(Ticket ticket, FoldableOperation parts)
    {
        if (parts.Fields is [{ MediaId: { } id, Selection: { } selection }])
        {
            if (!_idLoads.TryGetValue(selection, out var load))
            {
                _idLoads[selection] = load = new(selection);
                _complexity += parts.Complexity + IdLoadComplexity;
                _length += selection.Length;
            }

            load.Add(id, ticket);
            return;
        }

        _whole.Add(ticket);
        _complexity += parts.Complexity;
        _length += parts.Fields.Sum(field => field.Text.Length);
    }
}

/// <summary>Titles by id, each wanted by one ticket or several, all with one selection.</summary>
internal sealed class IdLoad(string selection)
{
    private readonly Dictionary<int, List<Ticket>> _wanted = [];

    public string Selection => selection;

    public int Count => _wanted.Count;

    public IReadOnlyDictionary<int, List<Ticket>> Wanted => _wanted;

    public bool Has(int id) => _wanted.ContainsKey(id);

    public void Add(int id, Ticket ticket)
    {
        if (!_wanted.TryGetValue(id, out var tickets))
        {
            _wanted[id] = tickets = [];
        }

        tickets.Add(ticket);
    }
}
