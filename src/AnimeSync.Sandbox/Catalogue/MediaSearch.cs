namespace AnimeSync.Sandbox.Catalogue;

/// <summary>AniList's search: every word somewhere in one of a title's names, the closest names first.</summary>
internal static class MediaSearch
{
    // Clients report that AniList finds nothing for less.
    private const int Shortest = 2;

    // No title is called so much; every word costs a look at every name of the catalogue.
    private const int Longest = 200;

    // More than any title's popularity, so that a closer name always comes before a more popular title.
    private const long Closeness = 10_000_000;

    public static Func<Facts, bool> For(string text)
    {
        if (text.Length > Longest || text.Trim().Length < Shortest)
        {
            return _ => false;
        }

        string[] words =
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        return media =>
            NamesOf(media)
                .Any(name => Array.TrueForAll(words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>For SEARCH_MATCH: the smaller, the better.</summary>
    public static long Distance(Facts media, string text)
    {
        var wanted = text.Trim();
        // Other names are shared by a whole franchise, so they say nothing of how close one of its titles is.
        var step = TitlesOf(media)
            .Select(name =>
                name.Equals(wanted, StringComparison.OrdinalIgnoreCase) ? 0
                : name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 1
                : 2
            )
            .DefaultIfEmpty(2)
            .Min();
        return (step * Closeness) - (media.GetValueOrDefault("popularity") as int? ?? 0);
    }

    private static IEnumerable<string> NamesOf(Facts media) =>
        TitlesOf(media).Concat((media.GetValueOrDefault("synonyms") as List<object?>)?.OfType<string>() ?? []);

    private static IEnumerable<string> TitlesOf(Facts media) =>
        (media.GetValueOrDefault("title") as Facts)?.Values.OfType<string>() ?? [];
}
