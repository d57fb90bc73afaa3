namespace AnimeSync.Sandbox.Lists;

/// <summary>One entry of a user's list. Scores are raw, 0 to 100; times are unix seconds.</summary>
internal sealed record ListEntry(int Id, int UserId, int MediaId)
{
    public string Status { get; init; } = "PLANNING";

    public double Score { get; init; }

    public int Progress { get; init; }

    public int? ProgressVolumes { get; init; }

    public int Repeat { get; init; }

    public int Priority { get; init; }

    public bool Private { get; init; }

    public string? Notes { get; init; }

    public bool HiddenFromStatusLists { get; init; }

    public IReadOnlyList<string> CustomLists { get; init; } = [];

    /// <summary>In the order of the user's advanced scoring sections.</summary>
    public IReadOnlyList<double> AdvancedScores { get; init; } = [];

    public Facts StartedAt { get; init; } = NoDate();

    public Facts CompletedAt { get; init; } = NoDate();

    public int CreatedAt { get; init; }

    public int UpdatedAt { get; init; }

    public static Facts NoDate() => Date(null, null, null);

    public static Facts Date(int? year, int? month, int? day) =>
        new()
        {
            ["year"] = year,
            ["month"] = month,
            ["day"] = day,
        };

    /// <summary>The entry by the schema's names; what depends on arguments or on other objects is resolved apart.</summary>
    public Facts ToFacts() =>
        new()
        {
            ["entry"] = this,
            ["id"] = Id,
            ["userId"] = UserId,
            ["mediaId"] = MediaId,
            ["status"] = Status,
            ["progress"] = Progress,
            ["progressVolumes"] = ProgressVolumes,
            ["repeat"] = Repeat,
            ["priority"] = Priority,
            ["private"] = Private,
            ["notes"] = Notes,
            ["hiddenFromStatusLists"] = HiddenFromStatusLists,
            ["startedAt"] = StartedAt,
            ["completedAt"] = CompletedAt,
            ["createdAt"] = CreatedAt,
            ["updatedAt"] = UpdatedAt,
        };
}
