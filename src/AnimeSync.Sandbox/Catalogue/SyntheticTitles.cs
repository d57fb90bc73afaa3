using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Titles made by rule, for catalogues and lists as long as real ones: the n-th is the same in every run.</summary>
internal static class SyntheticTitles
{
    /// <summary>Far above AniList's own ids, which have not reached a quarter of a million.</summary>
    public const int FirstId = 900_001;

    public const int Most = 20_000;

    private const int FirstYear = 1990;

    // Forty years of four seasons each, so that something is always airing.
    private const int Seasons = 160;

    // A large prime: what is derived from a title's number must not follow its season or its name.
    private const long Scatter = 2_654_435_761;

    private static readonly string[] SeasonNames = ["WINTER", "SPRING", "SUMMER", "FALL"];

    private static readonly string[] Formats =
    [
        "TV",
        "TV",
        "TV",
        "TV",
        "TV",
        "TV",
        "TV_SHORT",
        "ONA",
        "MOVIE",
        "OVA",
        "SPECIAL",
    ];

    private static readonly string[] Sources =
    [
        "MANGA",
        "LIGHT_NOVEL",
        "ORIGINAL",
        "MANGA",
        "VIDEO_GAME",
        "WEB_NOVEL",
        "VISUAL_NOVEL",
        "NOVEL",
        "OTHER",
    ];

    private static readonly int[] Lengths = [12, 13, 12, 24, 12, 25, 12, 10];

    // Shared by all sandboxes of the process; the same title is only made once, or twice in a race that does no harm.
    private static readonly Facts?[] Made = new Facts?[Most];

    public static Facts? Find(int id, int count) => id >= FirstId && id - FirstId < count ? At(id - FirstId) : null;

    /// <summary>The first so many of them.</summary>
    public static IEnumerable<Facts> Take(int count) => Enumerable.Range(0, count).Select(At);

    private static Facts At(int index) => Made[index] ??= Make(index).ToFacts();

    private static Title Make(int index) => index % 13 == 12 ? Manga(index) : Anime(index);

    private static Title Anime(int index)
    {
        var mix = Mix(index);
        var season = index % Seasons;
        var format = Formats[mix % Formats.Length];
        var single = format is "MOVIE" or "SPECIAL";
        var parts =
            single ? 1
            : format == "OVA" ? 2 + (mix % 4)
            : Lengths[mix / 16 % Lengths.Length];
        var start = new DateOnly(FirstYear + (season / 4), 1 + (season % 4 * 3), 1 + (mix / 8 % 20));
        var end = start.AddDays(7 * (parts - 1));
        // What began in the years of this file's making is released by the sandbox's clock.
        var status = end.Year < 2026 ? (mix % 97 == 0 ? "CANCELLED" : "FINISHED") : "RELEASING";
        return Common(index, "ANIME", format, status) with
        {
            Season = SeasonNames[season % 4],
            SeasonYear = start.Year,
            Start = Text(start),
            End = Text(end),
            Parts = parts,
            Size = format switch
            {
                "MOVIE" => 80 + (mix % 50),
                "TV_SHORT" => 5,
                _ => 24,
            },
            Source = Sources[mix % Sources.Length],
            Studios = SyntheticSorts.Studio(mix),
            IsLicensed = mix % 3 != 0,
        };
    }

    private static Title Manga(int index)
    {
        var mix = Mix(index);
        var start = new DateOnly(1985 + (mix % 40), 1 + (mix / 7 % 12), 1 + (mix / 11 % 28));
        var (status, ended) = (mix / 5 % 10) switch
        {
            0 or 1 or 2 => ("RELEASING", false),
            3 => ("HIATUS", false),
            4 => ("CANCELLED", true),
            _ => ("FINISHED", true),
        };
        var volumes = 1 + (mix % 30);
        return Common(index, "MANGA", mix % 6 == 0 ? "NOVEL" : "MANGA", status) with
        {
            Start = Text(start),
            End = ended ? Text(start.AddDays(60 * volumes)) : "",
            Parts = ended ? volumes * 8 : null,
            Size = ended ? volumes : null,
            Source = mix % 4 == 0 ? "LIGHT_NOVEL" : "ORIGINAL",
            Country = (mix % 8) switch
            {
                6 => "KR",
                7 => "CN",
                _ => "JP",
            },
        };
    }

    private static Title Common(int index, string type, string format, string status)
    {
        var mix = Mix(index);
        var (romaji, english, native) = TitleWords.At(index);
        return new(FirstId + index, type, format, status)
        {
            Studios = SyntheticSorts.NoStudio,
            Romaji = romaji,
            // As on AniList, not everything has an English name.
            English = mix % 5 == 0 ? null : english,
            Native = native,
            Genres = SyntheticSorts.Genres(mix),
            Tags = SyntheticSorts.Tags(mix),
            Score = mix % 9 == 0 ? null : 45 + (mix / 3 % 35),
            Popularity = 10 + (mix % 4500),
            IsAdult = mix % 40 == 7,
            Description = $"{english}: made by the AniList sandbox to fill lists and pages.",
        };
    }

    private static int Mix(int index) => (int)((index + 1) * Scatter % int.MaxValue);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
