using System.Collections.Immutable;

namespace AnimeSync.Sandbox.Accounts;

/// <summary>What a user marked as favourite, each kind in the user's own order. Kinds are the members of AniList's Favourites.</summary>
internal sealed class FavouriteLists
{
    public static readonly FavouriteLists None = new(ImmutableDictionary<string, ImmutableList<int>>.Empty);

    private readonly ImmutableDictionary<string, ImmutableList<int>> ids;

    private FavouriteLists(ImmutableDictionary<string, ImmutableList<int>> ids) => this.ids = ids;

    public IReadOnlyList<int> Of(string kind) => ids.GetValueOrDefault(kind, []);

    public bool Contains(string kind, int id) => Of(kind).Contains(id);

    public FavouriteLists Toggle(string kind, int id)
    {
        var marked = ids.GetValueOrDefault(kind, []);
        return With(kind, marked.Contains(id) ? marked.Remove(id) : marked.Add(id));
    }

    public FavouriteLists With(string kind, IEnumerable<int> marked) => new(ids.SetItem(kind, [.. marked]));

    /// <summary>Puts those named first, by the numbers given with them; whatever is not a favourite stays out.</summary>
    public FavouriteLists Reorder(string kind, IReadOnlyList<int> named, IReadOnlyList<int> numbers)
    {
        var marked = ids.GetValueOrDefault(kind, []);
        var first = named
            .Index()
            .OrderBy(item => item.Index < numbers.Count ? numbers[item.Index] : int.MaxValue)
            .Select(item => item.Item)
            .Where(marked.Contains)
            .Distinct()
            .ToList();
        return With(kind, [.. first, .. marked.Except(first)]);
    }
}
