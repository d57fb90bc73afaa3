using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.Lists;

/// <summary>What a save names of an entry, by AniList's argument names. Everything it does not name stays.</summary>
internal sealed class EntryChange(IReadOnlyDictionary<string, object?> given)
{
    private const int LongestNotes = 6000;

    private static readonly (string Member, double Least, double Most)[] Ranges =
    [
        ("score", 0, 100),
        ("scoreRaw", 0, 100),
        ("progress", 0, int.MaxValue),
        ("progressVolumes", 0, int.MaxValue),
        ("repeat", 0, 1000),
        ("priority", 0, 255),
        ("createdAt", 0, int.MaxValue),
        ("updatedAt", 0, int.MaxValue),
    ];

    /// <summary>AniList's messages by argument; none for a change it would take.</summary>
    public Dictionary<string, string[]> Problems()
    {
        var problems = new Dictionary<string, string[]>();
        foreach (var (member, least, most) in Ranges)
        {
            if (Number(member) is { } number && (number < least || number > most))
            {
                problems[member] = [OutOf(member, number, least, most)];
            }
        }

        foreach (var member in (string[])["startedAt", "completedAt"])
        {
            if (Date(member) is { } date && !IsPossible(date))
            {
                problems[member] = [$"The {Words(member)} is not a valid date."];
            }
        }

        if (AdvancedScores()?.Exists(score => score is < 0 or > 100) == true)
        {
            problems["advancedScores"] = ["The advanced scores must be between 0 and 100."];
        }

        if (given.GetValueOrDefault("notes") is string { Length: > LongestNotes })
        {
            problems["notes"] = [$"The notes may not be greater than {LongestNotes} characters."];
        }

        return problems;
    }

    public ListEntry Apply(ListEntry entry, SandboxUser user, string? type, DateTimeOffset now, bool isNew)
    {
        var seconds = (int)now.ToUnixTimeSeconds();
        var changed = entry with
        {
            Status = given.GetValueOrDefault("status") as string ?? entry.Status,
            Score = Score(user) ?? entry.Score,
            Progress = Int("progress") ?? entry.Progress,
            ProgressVolumes = Int("progressVolumes") ?? entry.ProgressVolumes,
            Repeat = Int("repeat") ?? entry.Repeat,
            Priority = Int("priority") ?? entry.Priority,
            Private = given.GetValueOrDefault("private") as bool? ?? entry.Private,
            Notes = given.TryGetValue("notes", out var notes) ? notes as string : entry.Notes,
            HiddenFromStatusLists =
                given.GetValueOrDefault("hiddenFromStatusLists") as bool? ?? entry.HiddenFromStatusLists,
            CustomLists = CustomLists(user.ListOf(type)) ?? entry.CustomLists,
            AdvancedScores = AdvancedScores() ?? entry.AdvancedScores,
            StartedAt = Date("startedAt") ?? entry.StartedAt,
            CompletedAt = Date("completedAt") ?? entry.CompletedAt,
            CreatedAt = Int("createdAt") ?? (isNew ? seconds : entry.CreatedAt),
            UpdatedAt = Int("updatedAt") ?? seconds,
        };
        // Observed by clients: an entry created as completed gets that day, and no first day.
        return isNew && changed.Status == "COMPLETED" && !given.ContainsKey("completedAt")
            ? changed with
            {
                CompletedAt = ListEntry.Date(now.Year, now.Month, now.Day),
            }
            : changed;
    }

    private static string OutOf(string member, double number, double least, double most)
    {
        var words = Words(member);
        return number < least
            ? $"The {words} must be at least {least}."
            : $"The {words} may not be greater than {most}.";
    }

    // AniList's words for an argument: "score raw", "progress volumes".
    private static string Words(string member) =>
        string.Concat(member.Select(letter => char.IsUpper(letter) ? $" {char.ToLower(letter)}" : $"{letter}"));

    // A part may lack or be 0: dates are fuzzy.
    private static bool IsPossible(Facts date) =>
        date["year"] is null or (>= 0 and <= 9999)
        && date["month"] is null or (>= 0 and <= 12)
        && date["day"] is null or (>= 0 and <= 31);

    private double? Score(SandboxUser user) =>
        Number("scoreRaw") ?? (Number("score") is { } shown ? Scores.Read(shown, user.ScoreFormat) : null);

    /// <summary>The lists to be in, all of them; the user's other lists are left, and names that are not the user's are ignored.</summary>
    private List<string>? CustomLists(ListSettings settings) =>
        Members("customLists")?.OfType<string>().Where(settings.CustomLists.Contains).Distinct().ToList();

    private List<double>? AdvancedScores() => Members("advancedScores")?.Select(NumberIn).OfType<double>().ToList();

    private Facts? Date(string member)
    {
        if (!given.TryGetValue(member, out var value))
        {
            return null;
        }

        var parts = value as IDictionary<string, object?>;
        int? Part(string name) => parts?.TryGetValue(name, out var part) == true ? part as int? : null;
        return ListEntry.Date(Part("year"), Part("month"), Part("day"));
    }

    private int? Int(string member) => given.GetValueOrDefault(member) as int?;

    private double? Number(string member) => NumberIn(given.GetValueOrDefault(member));

    private static double? NumberIn(object? value) =>
        value switch
        {
            int number => number,
            double number => number,
            _ => null,
        };

    private IEnumerable<object?>? Members(string member) => given.GetValueOrDefault(member) as IEnumerable<object?>;
}
