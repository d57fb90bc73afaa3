namespace AnimeSync.Sandbox;

/// <summary>Sorts by AniList's sort names: NAME ascending, NAME_DESC descending, an unknown value below every known one.</summary>
internal static class Ordering
{
    private const string Descending = "_DESC";

    public static IEnumerable<T> By<T>(IEnumerable<T> items, IEnumerable<string> sorts, Func<T, string, object?> keyOf)
    {
        IOrderedEnumerable<T>? ordered = null;
        foreach (var sort in sorts)
        {
            var down = sort.EndsWith(Descending, StringComparison.Ordinal);
            var name = down ? sort[..^Descending.Length] : sort;
            object? Key(T item) => keyOf(item, name);
            ordered = ordered switch
            {
                null when down => items.OrderByDescending(Key, KeyComparer.Instance),
                null => items.OrderBy(Key, KeyComparer.Instance),
                _ when down => ordered.ThenByDescending(Key, KeyComparer.Instance),
                _ => ordered.ThenBy(Key, KeyComparer.Instance),
            };
        }

        return ordered ?? items;
    }

    private sealed class KeyComparer : IComparer<object?>
    {
        public static readonly KeyComparer Instance = new();

        public int Compare(object? x, object? y) =>
            (x, y) switch
            {
                (null, null) => 0,
                (null, _) => -1,
                (_, null) => 1,
                (string a, string b) => StringComparer.OrdinalIgnoreCase.Compare(a, b),
                _ => Comparer<object>.Default.Compare(x, y),
            };
    }
}
