using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Every title the sandbox knows, by id. Titles can go, as on AniList; readers see the catalogue before or after, never between.</summary>
internal sealed class MediaCatalogue
{
    private readonly Lock gate = new();
    private volatile Snapshot snapshot;

    private MediaCatalogue(Dictionary<int, Facts> media)
    {
        snapshot = new(media);
    }

    public IReadOnlyList<Facts> All => snapshot.All;

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

    public Facts? Find(int id) => snapshot.ById.GetValueOrDefault(id) ?? SyntheticTitles.Find(id);

    /// <summary>The title that is gone now; null when there was none.</summary>
    public Facts? Remove(int id)
    {
        lock (gate)
        {
            var removed = Find(id);
            if (removed is not null)
            {
                snapshot = new(snapshot.ById.Where(pair => pair.Key != id).ToDictionary());
            }

            return removed;
        }
    }

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

    private sealed class Snapshot(Dictionary<int, Facts> byId)
    {
        public Dictionary<int, Facts> ById { get; } = byId;

        public IReadOnlyList<Facts> All { get; } = [.. byId.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }
}
