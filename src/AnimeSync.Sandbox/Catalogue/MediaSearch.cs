namespace AnimeSync.Sandbox.Catalogue;

/// <summary>AniList's search: every word somewhere in one of a title's names, the closest names first.</summary>
internal static class MediaSearch
{
    // Clients report that AniList finds nothing for less.
    private const int Shortest = 2;

    // More than any title's popularity, so that a closer name always comes before a more popular title.
    private const long Closeness = 10_000_000;

    public static bool Matches(Facts media, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return text.Trim().Length >= Shortest
            && NamesOf(media).Any(name => words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
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
