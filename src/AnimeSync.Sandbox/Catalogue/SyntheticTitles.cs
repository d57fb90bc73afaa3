using System.Collections.Concurrent;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Titles that nobody made, for lists longer than the real titles reach. Each follows from its id alone.</summary>
internal static class SyntheticTitles
{
    private const int FirstId = 900_001;
    private const int Count = 20_000;
    private const int MangaEvery = 8;
    private const int AdultEvery = 45;

    private static readonly string[] Formats = ["TV", "TV", "TV", "MOVIE", "OVA", "ONA", "TV_SHORT", "SPECIAL"];
    private static readonly string[] Genres = ["Action", "Comedy", "Drama", "Fantasy", "Romance", "Sci-Fi"];
    private static readonly string[] Adjectives = ["Quiet", "Paper", "Seventh", "Amber", "Borrowed", "Distant", "Salt"];
    private static readonly string[] Nouns =
    [
        "Harbour",
        "Garden",
        "Signal",
        "Orchestra",
        "Winter",
        "Machine",
        "Letter",
    ];

    // They never change, so all sandboxes of a process read the same ones.
    private static readonly ConcurrentDictionary<int, Facts> Made = new();

    public static IEnumerable<int> Ids(string type) =>
        Enumerable.Range(FirstId, Count).Where(id => (TypeOf(id) == type));

    public static Facts? Find(int id) =>
        id is >= FirstId and < FirstId + Count
            ? Made.GetOrAdd(id, static id => BuiltInTitles.Complete(Make(id)))
            : null;

    private static string TypeOf(int id) => id % MangaEvery == 0 ? "MANGA" : "ANIME";

    private static Facts Make(int id)
    {
        var anime = TypeOf(id) == "ANIME";
        var format = anime ? Formats[id % Formats.Length] : "MANGA";
        var year = 1985 + (id % 40);
        var length = format == "MOVIE" ? 1 : 12 + (id % 3 * 6);
        var name = $"{Adjectives[id % Adjectives.Length]} {Nouns[id / 7 % Nouns.Length]} {id - FirstId + 1}";
        return new()
        {
            ["id"] = id,
            ["type"] = anime ? "ANIME" : "MANGA",
            ["format"] = format,
            ["status"] = "FINISHED",
            ["season"] = anime ? "SPRING" : null,
            ["seasonYear"] = anime ? year : null,
            ["startDate"] = MediaCatalogue.FuzzyDate($"{year}-04-{1 + (id % 28)}"),
            ["endDate"] = MediaCatalogue.FuzzyDate($"{year}-09-{1 + (id % 28)}"),
            ["episodes"] = anime ? length : null,
            ["duration"] = anime ? 24 : null,
            ["chapters"] = anime ? null : length * 5,
            ["volumes"] = anime ? null : length,
            ["isAdult"] = id % AdultEvery == 0,
            ["genres"] = new List<object?> { Genres[id % Genres.Length], Genres[(id + 2) % Genres.Length] },
            ["averageScore"] = 45 + (id % 45),
            ["meanScore"] = 45 + (id % 45),
            ["popularity"] = 20_000 - (id - FirstId),
            ["title"] = new Facts
            {
                ["romaji"] = name,
                ["english"] = name,
                ["native"] = null,
            },
        };
    }
}
