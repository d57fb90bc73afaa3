namespace AnimeSync.Sandbox.Accounts;

/// <summary>How a user keeps one of the two lists; AniList's MediaListTypeOptions.</summary>
internal sealed record ListSettings(IReadOnlyList<string> SectionOrder)
{
    public static readonly ListSettings Anime = new([
        "Watching",
        "Completed TV",
        "Completed Movie",
        "Completed OVA",
        "Completed ONA",
        "Completed TV Short",
        "Completed Special",
        "Completed Music",
        "Paused",
        "Dropped",
        "Planning",
    ]);

    public static readonly ListSettings Manga = new([
        "Reading",
        "Completed Manga",
        "Completed Novel",
        "Completed One Shot",
        "Paused",
        "Dropped",
        "Planning",
    ]);

    public bool SplitCompletedByFormat { get; init; }

    public IReadOnlyList<string> CustomLists { get; init; } = [];

    public IReadOnlyList<string> AdvancedScoring { get; init; } =
    ["Story", "Characters", "Visuals", "Audio", "Enjoyment"];

    public bool AdvancedScoringEnabled { get; init; }

    /// <summary>The settings with what an input object names; an absent or null member changes nothing.</summary>
    public ListSettings With(IDictionary<string, object?>? input) =>
        input is null
            ? this
            : this with
            {
                SectionOrder = Names(input, "sectionOrder") ?? SectionOrder,
                SplitCompletedByFormat = Flag(input, "splitCompletedSectionByFormat") ?? SplitCompletedByFormat,
                CustomLists = Names(input, "customLists") ?? CustomLists,
                AdvancedScoring = Names(input, "advancedScoring") ?? AdvancedScoring,
                AdvancedScoringEnabled = Flag(input, "advancedScoringEnabled") ?? AdvancedScoringEnabled,
            };

    public Facts ToFacts() =>
        new()
        {
            ["sectionOrder"] = SectionOrder,
            ["splitCompletedSectionByFormat"] = SplitCompletedByFormat,
            ["customLists"] = CustomLists,
            ["advancedScoring"] = AdvancedScoring,
            ["advancedScoringEnabled"] = AdvancedScoringEnabled,
        };

    private static List<string>? Names(IDictionary<string, object?> input, string name) =>
        (input.TryGetValue(name, out var value) ? value as IEnumerable<object?> : null)
            ?.OfType<string>()
            .Distinct()
            .ToList();

    private static bool? Flag(IDictionary<string, object?> input, string name) =>
        input.TryGetValue(name, out var value) ? value as bool? : null;
}
