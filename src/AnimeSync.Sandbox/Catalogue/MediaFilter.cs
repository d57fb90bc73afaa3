namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Applies AniList's media arguments, which are a field's name and an ending that says how to compare.</summary>
internal static class MediaFilter
{
    private static readonly string[] Endings = ["_not_in", "_in", "_not", "_greater", "_lesser", "_like"];

    public static bool Matches(Facts media, string argument, object? wanted)
    {
        var ending = Endings.FirstOrDefault(candidate => argument.EndsWith(candidate, StringComparison.Ordinal)) ?? "";
        var field = argument[..^ending.Length];
        if (field == "search")
        {
            return MatchesSearch(media, (string)wanted!);
        }

        if (field is "genre" or "tag")
        {
            return MatchesLabels(media, field, ending, wanted);
        }

        var value = field is "startDate" or "endDate"
            ? MediaCatalogue.FuzzyNumber(media.GetValueOrDefault(field) as Facts)
            : media.GetValueOrDefault(field);
        return ending switch
        {
            "" => Equals(value, wanted),
            "_not" => !Equals(value, wanted),
            "_in" => ((IEnumerable<object?>)wanted!).Contains(value),
            "_not_in" => !((IEnumerable<object?>)wanted!).Contains(value),
            "_greater" => value is int number && number > (int)wanted!,
            "_lesser" => value is int number && number < (int)wanted!,
            _ => value is int number && IsLike($"{number:D8}", (string)wanted!),
        };
    }

    public static object? SortKey(Facts media, string name) =>
        name switch
        {
            "TITLE_ROMAJI" or "SEARCH_MATCH" => MediaCatalogue.TitleOf(media, "romaji"),
            "TITLE_ENGLISH" => MediaCatalogue.TitleOf(media, "english"),
            "TITLE_NATIVE" => MediaCatalogue.TitleOf(media, "native"),
            "START_DATE" => MediaCatalogue.FuzzyNumber(media.GetValueOrDefault("startDate") as Facts),
            "END_DATE" => MediaCatalogue.FuzzyNumber(media.GetValueOrDefault("endDate") as Facts),
            "SCORE" => media.GetValueOrDefault("averageScore"),
            "UPDATED_AT" => media.GetValueOrDefault("updatedAt"),
            _ => media.GetValueOrDefault(name.ToLowerInvariant()),
        };

    private static bool MatchesSearch(Facts media, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var titles = (media.GetValueOrDefault("title") as Facts)?.Values.OfType<string>() ?? [];
        var synonyms = (media.GetValueOrDefault("synonyms") as List<object?>)?.OfType<string>() ?? [];
        return titles
            .Concat(synonyms)
            .Any(title => words.All(word => title.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool MatchesLabels(Facts media, string field, string ending, object? wanted)
    {
        var labels = (media.GetValueOrDefault(field + "s") as List<object?> ?? [])
            .Select(label => label is Facts tag ? tag["name"] as string : label as string)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ending switch
        {
            "" => labels.Contains((string)wanted!),
            "_in" => ((IEnumerable<object?>)wanted!).OfType<string>().All(labels.Contains),
            _ => !((IEnumerable<object?>)wanted!).OfType<string>().Any(labels.Contains),
        };
    }

    // SQL's LIKE, of which clients use the trailing percent sign only: "2020%".
    private static bool IsLike(string text, string pattern) =>
        pattern.EndsWith('%') ? text.StartsWith(pattern[..^1], StringComparison.Ordinal) : text == pattern;
}
