using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Every title the sandbox knows, by id; read only once loaded.</summary>
internal sealed class MediaCatalogue
{
    private readonly Dictionary<int, Facts> media;

    private MediaCatalogue(Dictionary<int, Facts> media)
    {
        this.media = media;
        All = [.. media.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    public IReadOnlyList<Facts> All { get; }

    public static MediaCatalogue Load(string? folderOfRecordedAnswers)
    {
        var media = BuiltInTitles.Read().ToDictionary(IdOf);
        if (folderOfRecordedAnswers is not null)
        {
            foreach (var (id, recorded) in RecordedAnswers.Read(folderOfRecordedAnswers))
            {
                // What was recorded wins; what a client did not ask for then comes from the built-in facts.
                foreach (var (name, value) in media.GetValueOrDefault(id) ?? [])
                {
                    recorded.TryAdd(name, value);
                }

                media[id] = BuiltInTitles.Complete(recorded);
            }
        }

        return new MediaCatalogue(media);
    }

    public Facts? Find(int id) => media.GetValueOrDefault(id) ?? SyntheticTitles.Find(id);

    public static int IdOf(Facts media) => (int)media["id"]!;

    public static bool IsAnime(Facts media) => (string?)media.GetValueOrDefault("type") == "ANIME";

    public static string? TitleOf(Facts media, string language) =>
        (media.GetValueOrDefault("title") as Facts)?.GetValueOrDefault(language) as string;

    /// <summary>AniList's FuzzyDateInt: YYYYMMDD with 00 for what is unknown; null without a year.</summary>
    public static int? FuzzyNumber(Facts? date) =>
        date?.GetValueOrDefault("year") is int year
            ? (year * 10000)
                + ((date.GetValueOrDefault("month") as int? ?? 0) * 100)
                + (date.GetValueOrDefault("day") as int? ?? 0)
            : null;

    public static Facts FuzzyDate(string text)
    {
        var parts = text.Split('-', StringSplitOptions.RemoveEmptyEntries);
        object? Part(int index) => parts.Length > index ? int.Parse(parts[index], CultureInfo.InvariantCulture) : null;
        return new()
        {
            ["year"] = Part(0),
            ["month"] = Part(1),
            ["day"] = Part(2),
        };
    }
}
