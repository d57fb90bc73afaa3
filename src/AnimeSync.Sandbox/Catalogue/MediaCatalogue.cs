using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Every title the sandbox knows, by id. Titles can go, as on AniList; readers see the catalogue before or after, never between.</summary>
internal sealed class MediaCatalogue
{
    // Enough for the longest sample list to have a title for every entry.
    private const int DefaultTitles = 12_000;

    private readonly Lock gate = new();
    private readonly Dictionary<int, Facts> known;
    private readonly int synthetic;
    private volatile Snapshot snapshot;

    private MediaCatalogue(Dictionary<int, Facts> known, int synthetic)
    {
        (this.known, this.synthetic) = (known, synthetic);
        snapshot = new(this, []);
    }

    /// <summary>By id, so that the real titles come first.</summary>
    public IReadOnlyList<Facts> All => snapshot.All.Value;

    /// <summary>The titles made by rule, one after the other as they are asked for.</summary>
    public IEnumerable<Facts> Synthetic =>
        SyntheticTitles.Take(synthetic).Where(media => !snapshot.Removed.Contains(IdOf(media)));

    public static MediaCatalogue Load(string? folderOfRecordedAnswers, int? titles = null)
    {
        var known = BuiltInTitles.Read().ToDictionary(IdOf);
        if (folderOfRecordedAnswers is not null)
        {
            foreach (var (id, recorded) in RecordedAnswers.Read(folderOfRecordedAnswers))
            {
                // What was recorded wins; what a client did not ask for then comes from the built-in facts.
                foreach (var (name, value) in known.GetValueOrDefault(id) ?? [])
                {
                    recorded.TryAdd(name, value);
                }

                known[id] = BuiltInTitles.Complete(recorded);
            }
        }

        return new(known, Math.Clamp((titles ?? DefaultTitles) - known.Count, 0, SyntheticTitles.Most));
    }

    public Facts? Find(int id) =>
        snapshot.Removed.Contains(id) ? null : known.GetValueOrDefault(id) ?? SyntheticTitles.Find(id, synthetic);

    /// <summary>The title that is gone now; null when there was none.</summary>
    public Facts? Remove(int id)
    {
        lock (gate)
        {
            var removed = Find(id);
            if (removed is not null)
            {
                snapshot = new(this, [.. snapshot.Removed, id]);
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

    private sealed class Snapshot(MediaCatalogue catalogue, HashSet<int> removed)
    {
        public HashSet<int> Removed { get; } = removed;

        // Made when somebody searches for the first time; a look-up by id needs one title only.
        public Lazy<IReadOnlyList<Facts>> All { get; } =
            new(() =>
                [
                    .. catalogue
                        .known.OrderBy(pair => pair.Key)
                        .Select(pair => pair.Value)
                        .Concat(SyntheticTitles.Take(catalogue.synthetic))
                        .Where(media => !removed.Contains(IdOf(media))),
                ]
            );
    }
}
