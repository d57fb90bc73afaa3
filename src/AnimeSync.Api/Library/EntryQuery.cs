using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Library;

/// <summary>An entry with what is shown beside it.</summary>
internal sealed class EntryRow
{
    public required ListEntry Entry { get; init; }
    public ListTitle? Title { get; init; }
    public PendingChange? Pending { get; init; }
}

/// <summary>Which entries of a list, in which order, from where on. Null asks for any.</summary>
/// <param name="Limit">1 to 500.</param>
internal sealed record EntryQuery(EntryOrdering Ordering, int Limit)
{
    public const int LargestPage = 500;

    public IReadOnlyList<ListStatus>? Statuses { get; init; }
    public string? CustomList { get; init; }
    public IReadOnlyList<string>? Formats { get; init; }
    public string? MediaStatus { get; init; }
    public int? SeasonYear { get; init; }

    /// <summary>In the person's own format.</summary>
    public double? MinScore { get; init; }

    /// <inheritdoc cref="MinScore"/>
    public double? MaxScore { get; init; }

    /// <summary>Part of one of the titles, in any case.</summary>
    public string? Search { get; init; }

    public EntryCursor? After { get; init; }

    public static IQueryable<EntryRow> Rows(AnimeSyncDbContext db, IQueryable<ListEntry> entries) =>
        from entry in entries.AsNoTracking()
        join title in db.ListTitles on entry.MediaId equals title.MediaId into titles
        from title in titles.DefaultIfEmpty()
        join pending in db.PendingChanges
            on new { entry.UserId, entry.MediaId } equals new { pending.UserId, pending.MediaId }
            into pendings
        from pending in pendings.DefaultIfEmpty()
        select new EntryRow
        {
            Entry = entry,
            Title = title,
            Pending = pending,
        };

    /// <summary>One row more than the limit, when there is one.</summary>
    public IQueryable<EntryRow> Page(AnimeSyncDbContext db, Guid userId, ScoreFormat format)
    {
        var entries = db.ListEntries.Where(row => row.UserId == userId && row.DeletedAt == null);
        if (CustomList is { } name)
        {
            // The names are one value to EF, so it takes SQL to look into them.
            var pattern = PatternOf(name);
            var named = db.Database.SqlQuery<int>(
                $"""
                SELECT media_id AS "Value" FROM list_entries
                WHERE user_id = {userId} AND fields_custom_lists LIKE {pattern} ESCAPE '!'
                """
            );
            entries = entries.Where(row => named.Contains(row.MediaId));
        }

        if (Statuses is { } statuses)
        {
            entries = entries.Where(row => statuses.Contains(row.Fields.Status));
        }

        if (MinScore is not null || MaxScore is not null)
        {
            var (least, most) = Scores.Range(MinScore ?? double.MinValue, MaxScore ?? double.MaxValue, format);
            entries = entries.Where(row => row.Fields.Score >= least && row.Fields.Score <= most);
        }

        return Ordering.From(OfTitles(Rows(db, entries)), After).Take(Limit + 1);
    }

    public string CursorAfter(EntryRow last) => Ordering.CursorAt(last).ToString();

    private IQueryable<EntryRow> OfTitles(IQueryable<EntryRow> rows)
    {
        if (Formats is { } formats)
        {
            rows = rows.Where(row => formats.Contains(row.Title!.Format));
        }

        if (MediaStatus is { } status)
        {
            rows = rows.Where(row => row.Title!.Status == status);
        }

        if (SeasonYear is { } year)
        {
            rows = rows.Where(row => row.Title!.SeasonYear == year);
        }

        if (Search is { } search)
        {
#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL, where lower() is the one way that both databases know.
            var part = search.ToLower();
            rows = rows.Where(row =>
                row.Title!.Romaji!.ToLower().Contains(part)
                || row.Title.English!.ToLower().Contains(part)
                || row.Title.Native!.Contains(part)
            );
#pragma warning restore CA1304, CA1311, CA1862
        }

        return rows;
    }

    // The name as it stands in the stored array, quotes and all; what LIKE would take for more than itself is escaped.
    private static string PatternOf(string name)
    {
        var text = CustomListNames.Of([name]).ToJson()[1..^1];
        foreach (var special in (string[])["!", "%", "_"])
        {
            text = text.Replace(special, $"!{special}", StringComparison.Ordinal);
        }

        return $"%{text}%";
    }
}
