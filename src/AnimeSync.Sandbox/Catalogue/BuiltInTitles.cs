using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>The titles that come with the sandbox: facts from titles.txt, everything else derived from them.</summary>
internal static class BuiltInTitles
{
    public static IEnumerable<Facts> Read()
    {
        using var reader = new StreamReader(typeof(BuiltInTitles).Assembly.GetManifestResourceStream("titles.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return Complete(Parse(line.Split('|')));
            }
        }
    }

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
        foreach (var list in (string[])["genres", "synonyms", "tags", "externalLinks", "streamingEpisodes", "rankings"])
        {
            media.TryAdd(list, new List<object?>());
        }

        foreach (var connection in (string[])["relations", "characters", "staff", "studios", "recommendations"])
        {
            media.TryAdd(connection, new Facts { ["edges"] = new List<object?>(), ["nodes"] = new List<object?>() });
        }

        media.TryAdd(
            "stats",
            new Facts { ["scoreDistribution"] = new List<object?>(), ["statusDistribution"] = new List<object?>() }
        );
        return media;
    }

    private static Facts Parse(string[] column)
    {
        var anime = column[2] == "ANIME";
        var score = Number(column[14]);
        var popularity = Number(column[15]);
        var studio = column[13].Length == 0 ? null : Studio(column[13]);
        return new()
        {
            ["id"] = Number(column[0]),
            ["idMal"] = Number(column[1]),
            ["type"] = column[2],
            ["format"] = column[3],
            ["status"] = column[4],
            ["season"] = Text(column[5]),
            ["seasonYear"] = Number(column[6]),
            ["startDate"] = MediaCatalogue.FuzzyDate(column[7]),
            ["endDate"] = MediaCatalogue.FuzzyDate(column[8]),
            ["episodes"] = anime ? Number(column[9]) : null,
            ["duration"] = anime ? Number(column[10]) : null,
            ["chapters"] = anime ? null : Number(column[9]),
            ["volumes"] = anime ? null : Number(column[10]),
            ["source"] = column[11],
            ["genres"] = column[12].Split(';').ToList<object?>(),
            ["averageScore"] = score,
            ["meanScore"] = score,
            ["popularity"] = popularity,
            ["favourites"] = popularity / 20,
            ["trending"] = popularity / 20000,
            ["isLicensed"] = true,
            ["title"] = new Facts
            {
                ["romaji"] = column[16],
                ["english"] = column[17],
                ["native"] = column[18],
            },
            ["description"] = Describe(column),
            ["updatedAt"] = 1750000000 + Number(column[0]) % 10000000,
            ["studios"] = Connection(
                studio,
                new Facts
                {
                    ["node"] = studio,
                    ["id"] = 1,
                    ["isMain"] = true,
                }
            ),
        };
    }

    private static string Describe(string[] column)
    {
        var kind = column[3] switch
        {
            "MOVIE" => "film",
            "MANGA" => "manga",
            "OVA" or "ONA" => "short series",
            _ => "series",
        };
        return $"{column[17]} is a {kind} that began in {column[7][..4]} ({column[12].Replace(";", ", ", StringComparison.Ordinal)}).";
    }

    private static Facts Studio(string name)
    {
        // Stable and positive, so that the same studio has one id in every title and in every run.
        var id = name.Aggregate(7, (hash, letter) => ((hash * 31) + letter) % 100_003);
        return new()
        {
            ["id"] = id,
            ["name"] = name,
            ["isAnimationStudio"] = true,
            ["isFavourite"] = false,
            ["siteUrl"] = $"https://anilist.co/studio/{id}",
            ["favourites"] = id % 9000,
        };
    }

    private static Facts Connection(Facts? node, Facts edge) =>
        new()
        {
            ["nodes"] = node is null ? new List<object?>() : new List<object?> { node },
            ["edges"] = node is null ? new List<object?>() : new List<object?> { edge },
        };

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
