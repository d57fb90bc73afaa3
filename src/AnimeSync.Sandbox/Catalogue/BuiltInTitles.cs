using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>The real titles that come with the sandbox: facts from the text files beside, everything else derived from them.</summary>
internal static class BuiltInTitles
{
    private static readonly List<object?> NoItems = [];

    private static readonly Facts NothingConnected = new() { ["edges"] = NoItems, ["nodes"] = NoItems };

    private static readonly Lazy<IReadOnlyList<Facts>> Titles = new(() =>
        [.. DataFile.Read("titles.txt").Select(column => Parse(column).ToFacts())]
    );

    /// <summary>Parsed once in a process and shared by its sandboxes, none of which changes them.</summary>
    public static IEnumerable<Facts> Read() => Titles.Value;

    /// <summary>Adds what every title on AniList has, where the given facts do not say it.</summary>
    public static Facts Complete(Facts media)
    {
        var id = MediaCatalogue.IdOf(media);
        var type = media.GetValueOrDefault("type") as string;
        media.TryAdd("type", type ??= media.GetValueOrDefault("chapters") is null ? "ANIME" : "MANGA");
        media.TryAdd("startDate", MediaCatalogue.FuzzyDate(""));
        media.TryAdd("endDate", MediaCatalogue.FuzzyDate(""));
        media.TryAdd("isAdult", false);
        media.TryAdd("isLocked", false);
        media.TryAdd("countryOfOrigin", "JP");
        media.TryAdd("siteUrl", $"https://anilist.co/{type.ToLowerInvariant()}/{id}");
        foreach (var list in (string[])["genres", "synonyms", "tags"])
        {
            media.TryAdd(list, NoItems);
        }

        foreach (var connection in (string[])["characters", "staff", "studios", "recommendations"])
        {
            media.TryAdd(connection, NothingConnected);
        }

        return media;
    }

    private static Title Parse(string[] column)
    {
        var id = Number(column[0])!.Value;
        var premises = Premises.Of(id);
        var anime = column[2] == "ANIME";
        return new(id, column[2], column[3], column[4])
        {
            IdMal = Number(column[1]),
            Season = Text(column[5]),
            SeasonYear = Number(column[6]),
            Start = column[7],
            End = column[8],
            Parts = Number(column[9]),
            Size = Number(column[10]),
            Source = column[11],
            Genres = [.. column[12].Split(';')],
            Tags = premises.Tags,
            Studios = Studios.Connection(column[13].Split(';', StringSplitOptions.RemoveEmptyEntries)),
            Score = Number(column[14]),
            Popularity = Number(column[15]) ?? 0,
            Romaji = column[16],
            English = column[17],
            Native = column[18],
            OtherNames = [.. premises.OtherNames.Except(column[16..19], StringComparer.OrdinalIgnoreCase)],
            Country = column.Length > 19 ? column[19] : "JP",
            IsLicensed = true,
            Description = Describe(column, premises.Text),
            Hashtag = anime ? $"#{string.Concat(column[18].Where(char.IsLetterOrDigit))}" : null,
        };
    }

    // AniList's descriptions separate paragraphs by such breaks.
    private static string Describe(string[] column, string premise) =>
        $"{premise}<br><br>\n{column[17]} is a {Kind(column[3])} that began in {column[7][..4]}.";

    private static string Kind(string format) =>
        format switch
        {
            "MOVIE" => "film",
            "MANGA" => "manga",
            "NOVEL" => "series of novels",
            "OVA" or "ONA" => "short series",
            "SPECIAL" => "special",
            _ => "series",
        };

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
