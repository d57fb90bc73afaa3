using AnimeSync.AniList;

namespace AnimeSync.Api.Library;

/// <summary>
/// What an entry may be changed to. Only what changes is judged: AniList can hold values that these rules would refuse, and
/// those are nobody's mistake here.
/// </summary>
internal static class EntryRules
{
    /// <param name="current">Null when the entry would be new.</param>
    /// <param name="today">In the person's own time zone.</param>
    /// <param name="customLists">The names of the person's lists; null when they are not known.</param>
    /// <returns>Nothing when it may be so.</returns>
    public static List<FieldProblem> Check(
        EntryFields? current,
        EntryFields wanted,
        KnownTitle title,
        DateOnly today,
        IReadOnlySet<string>? customLists
    )
    {
        var before = current ?? EntryFields.Default(wanted.Status);
        List<FieldProblem> problems = [];
        foreach (var field in wanted.DifferencesFrom(before))
        {
            if (Fault(field, before, wanted, title, today, customLists) is { } message)
            {
                problems.Add(new(field, message));
            }
        }

        return problems;
    }

    private static string? Fault(
        EntryField field,
        EntryFields before,
        EntryFields wanted,
        KnownTitle title,
        DateOnly today,
        IReadOnlySet<string>? customLists
    ) =>
        field switch
        {
            EntryField.Score => OutOf(EntryFields.BestScore, wanted.Score),
            EntryField.Progress => Unwatchable(wanted.Progress, title),
            EntryField.Repeat => OutOf(EntryFields.MostRepeats, wanted.Repeat),
            EntryField.Priority => OutOf(EntryFields.HighestPriority, wanted.Priority),
            EntryField.Notes => TooLong(wanted.Notes),
            EntryField.CustomLists => Unknown(wanted.CustomLists.Except(before.CustomLists), customLists),
            EntryField.StartedAt => Future(wanted.StartedAt, today) ?? Reversed(wanted),
            // Told once when both change, at the first of them.
            EntryField.CompletedAt => Future(wanted.CompletedAt, today)
                ?? (wanted.StartedAt == before.StartedAt ? Reversed(wanted) : null),
            _ => null,
        };

    private static string? OutOf(int most, int number) =>
        number >= 0 && number <= most ? null : $"Has to be from 0 to {most}.";

    private static string? Unwatchable(int progress, KnownTitle title)
    {
        if (progress < 0)
        {
            return "Has to be 0 or more.";
        }

        return title.LastEpisode is { } last && progress > last ? $"The last episode so far is {last}." : null;
    }

    private static string? TooLong(string? notes) =>
        notes?.Length > EntryFields.LongestNotes ? $"Has at most {EntryFields.LongestNotes} characters." : null;

    private static string? Unknown(IEnumerable<string> added, IReadOnlySet<string>? customLists) =>
        customLists is null || added.All(customLists.Contains) ? null : "Not one of your custom lists.";

    private static string? Future(FuzzyDate? date, DateOnly today) =>
        date is { } day && FuzzyDate.Of(today).IsBefore(day) ? "Lies in the future." : null;

    private static string? Reversed(EntryFields wanted) =>
        wanted is { StartedAt: { } started, CompletedAt: { } completed } && completed.IsBefore(started)
            ? "Completed before it was started."
            : null;
}
