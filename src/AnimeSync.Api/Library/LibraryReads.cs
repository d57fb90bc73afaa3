using System.Globalization;
using System.Text.Json;
using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Library;

/// <summary>Reads a person's list from the rows; AniList is never waited for.</summary>
internal sealed class LibraryReads(AnimeSyncDbContext db)
{
    public async Task<(EntryResponse Entry, string Tag)?> FindAsync(
        Guid userId,
        int mediaId,
        CancellationToken cancellationToken
    )
    {
        var found = await EntryQuery
            .Rows(db, db.ListEntries.Where(row => row.UserId == userId && row.MediaId == mediaId))
            .SingleOrDefaultAsync(cancellationToken);
        return found is null || found.Entry.DeletedAt is not null
            ? null
            : (
                EntryResponse.Of(found.Entry, found.Title, found.Pending, await FormatAsync(userId, cancellationToken)),
                EntryCondition.TagOf(found.Entry.Fields)
            );
    }

    public async Task<EntryPage> ListAsync(Guid userId, EntryQuery query, CancellationToken cancellationToken)
    {
        var format = await FormatAsync(userId, cancellationToken);
        var rows = await query.Page(db, userId, format).ToListAsync(cancellationToken);
        var page = rows.Take(query.Limit).ToList();
        return new(
            [.. page.Select(row => EntryResponse.Of(row.Entry, row.Title, row.Pending, format))],
            rows.Count > query.Limit ? query.CursorAfter(page[^1]) : null
        );
    }

    /// <summary>What changed after a number, each entry once and as it is now.</summary>
    public async Task<EntryChangesResponse> ChangesAsync(
        Guid userId,
        long after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var format = await FormatAsync(userId, cancellationToken);
        var changed = db
            .ListEntries.Where(row => row.UserId == userId && row.ChangeSeq > after)
            .OrderBy(row => row.ChangeSeq)
            .Take(limit + 1);
        var rows = await EntryQuery
            .Rows(db, changed)
            .OrderBy(row => row.Entry.ChangeSeq)
            .ToListAsync(cancellationToken);
        var page = rows.Take(limit).ToList();
        var next = page.Count > 0 ? page[^1].Entry.ChangeSeq : after;
        return new(
            [.. page.Select(row => new ChangedEntry(row.Entry.MediaId, Shown(row)))],
            next.ToString(CultureInfo.InvariantCulture),
            rows.Count > limit
        );

        EntryResponse? Shown(EntryRow row) =>
            row.Entry.DeletedAt is null ? EntryResponse.Of(row.Entry, row.Title, row.Pending, format) : null;
    }

    /// <summary>The newest first.</summary>
    /// <param name="mediaId">Null for every entry's.</param>
    public async Task<HistoryPage> HistoryAsync(
        Guid userId,
        int? mediaId,
        long before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .History.AsNoTracking()
            .Where(row => row.UserId == userId && row.ChangeSeq < before)
            .Where(row => mediaId == null || row.MediaId == mediaId)
            .OrderByDescending(row => row.ChangeSeq)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = rows.Take(limit).ToList();
        return new(
            [.. page.Select(Shown)],
            rows.Count > limit ? page[^1].ChangeSeq.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    /// <returns>Null before AniList was asked.</returns>
    public async Task<IReadOnlyList<string>?> CustomListsAsync(Guid userId, CancellationToken cancellationToken) =>
        await db
            .UserLists.Where(list => list.UserId == userId)
            .Select(list => list.CustomLists)
            .SingleOrDefaultAsync(cancellationToken)
            is { } names
            ? [.. names]
            : null;

    public Task<ScoreFormat> FormatAsync(Guid userId, CancellationToken cancellationToken) =>
        db
            .UserLists.Where(list => list.UserId == userId)
            .Select(list => list.ScoreFormat)
            .SingleOrDefaultAsync(cancellationToken);

    private static HistoryResponse Shown(HistoryItem item) =>
        new(
            item.ChangeSeq,
            item.MediaId,
            item.At,
            item.Origin,
            item.Undoes,
            item.Before is { } before ? JsonElement.Parse(before) : null,
            item.After is { } after ? JsonElement.Parse(after) : null
        );
}
