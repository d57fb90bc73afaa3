using AnimeSync.Sandbox.Airing;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>AniList's media arguments, which are a field's name and an ending that says how to compare.</summary>
internal static class MediaFilter
{
    private static readonly string[] Endings = ["_not_in", "_in", "_not", "_greater", "_lesser", "_like"];

    /// <summary>What an argument asks of a title. Arguments about tags need their minimum rank, so they are not here.</summary>
    public static Func<Facts, bool> For(string argument, object wanted, AiringCalendar calendar)
    {
        var (field, ending) = Split(argument);
        return field switch
        {
            "search" => MediaSearch.For((string)wanted),
            "genre" => Labels(ending, wanted, GenresOf),
            "licensedBy" => Labels(ending, wanted, Streaming.SitesOf, anyOf: true),
            "licensedById" => Labels(ending, wanted, Streaming.SiteIdsOf, anyOf: true),
            "status" => Comparison(ending, wanted, calendar.StatusOf),
            "startDate" or "endDate" => Comparison(
                ending,
                wanted,
                media => MediaCatalogue.FuzzyNumber(media.GetValueOrDefault(field) as Facts)
            ),
            _ => Comparison(ending, wanted, media => media.GetValueOrDefault(field)),
        };
    }

    /// <summary>The arguments tag, tag_in, tagCategory ... among tags that fit a title at least so well.</summary>
    public static Func<Facts, bool> ForTags(string argument, object wanted, int minimumRank)
    {
        var (field, ending) = Split(argument);
        var member = field == "tag" ? "name" : "category";
        return Labels(ending, wanted, media => TagsOf(media, minimumRank, member), anyOf: field != "tag");
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
            "POPULARITY" => media.GetValueOrDefault("popularity"),
            "TRENDING" => media.GetValueOrDefault("trending"),
            _ => media.GetValueOrDefault(name.ToLowerInvariant()),
        };

    private static (string Field, string Ending) Split(string argument)
    {
        var ending = Endings.FirstOrDefault(candidate => argument.EndsWith(candidate, StringComparison.Ordinal)) ?? "";
        return (argument[..^ending.Length], ending);
    }

    private static Func<Facts, bool> Comparison(string ending, object wanted, Func<Facts, object?> valueOf)
    {
        var many = (wanted as IEnumerable<object?>)?.ToHashSet() ?? [];
        return ending switch
        {
            "" => media => Equals(valueOf(media), wanted),
            "_not" => media => !Equals(valueOf(media), wanted),
            "_in" => media => many.Contains(valueOf(media)),
            "_not_in" => media => !many.Contains(valueOf(media)),
            "_greater" => media => valueOf(media) is int number && number > (int)wanted,
            "_lesser" => media => valueOf(media) is int number && number < (int)wanted,
            _ => media => valueOf(media) is int number && IsLike($"{number:D8}", (string)wanted),
        };
    }

    // Of genres and tags all that are asked for must be there, of the rest one is enough.
    private static Func<Facts, bool> Labels(
        string ending,
        object wanted,
        Func<Facts, IEnumerable<object?>> labelsOf,
        bool anyOf = false
    )
    {
        var many = (wanted as IEnumerable<object?>)?.ToHashSet(LabelComparer.Instance) ?? [];
        return ending switch
        {
            "" => media => labelsOf(media).Contains(wanted, LabelComparer.Instance),
            "_not_in" => media => !labelsOf(media).Any(many.Contains),
            _ when anyOf => media => labelsOf(media).Any(many.Contains),
            _ => media => many.IsSubsetOf(labelsOf(media)),
        };
    }

    private static List<object?> GenresOf(Facts media) => media.GetValueOrDefault("genres") as List<object?> ?? [];

    private static IEnumerable<object?> TagsOf(Facts media, int minimumRank, string member) =>
        (media.GetValueOrDefault("tags") as List<object?> ?? [])
            .OfType<Facts>()
            .Where(tag => (tag.GetValueOrDefault("rank") as int? ?? 100) >= minimumRank)
            .Select(tag => tag.GetValueOrDefault(member));

    // SQL's LIKE, of which clients use the trailing percent sign only: "2020%".
    private static bool IsLike(string text, string pattern) =>
        pattern.EndsWith('%') ? text.StartsWith(pattern[..^1], StringComparison.Ordinal) : text == pattern;

    // Names of genres and tags are found in any case.
    private sealed class LabelComparer : IEqualityComparer<object?>
    {
        public static readonly LabelComparer Instance = new();

        public new bool Equals(object? x, object? y) =>
            x is string a && y is string b
                ? string.Equals(a, b, StringComparison.OrdinalIgnoreCase)
                : object.Equals(x, y);

        public int GetHashCode(object? value) =>
            value is string text ? StringComparer.OrdinalIgnoreCase.GetHashCode(text) : value?.GetHashCode() ?? 0;
    }
}
