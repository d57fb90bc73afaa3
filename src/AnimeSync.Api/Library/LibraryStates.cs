using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Library;

/// <summary>Reads entries to be changed, as tracked rows.</summary>
internal static class LibraryStates
{
    /// <returns>A state for each id.</returns>
    public static async Task<IReadOnlyDictionary<int, EntryState>> LoadAsync(
        AnimeSyncDbContext db,
        Guid userId,
        IReadOnlyCollection<int> mediaIds,
        CancellationToken cancellationToken
    )
    {
        // One query for the usual case, because each costs an edit its time.
        var states = await (
            from entry in db.ListEntries
            where entry.UserId == userId && mediaIds.Contains(entry.MediaId)
            join pending in db.PendingChanges
                on new { entry.UserId, entry.MediaId } equals new { pending.UserId, pending.MediaId }
                into pendings
            from pending in pendings.DefaultIfEmpty()
            join title in db.ListTitles on entry.MediaId equals title.MediaId into titles
            from title in titles.DefaultIfEmpty()
            select new EntryState(entry.MediaId, entry, title, pending)
        ).ToDictionaryAsync(state => state.MediaId, cancellationToken);
        var missing = mediaIds.Where(id => !states.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            var titles = await db
                .ListTitles.Where(title => missing.Contains(title.MediaId))
                .ToDictionaryAsync(title => title.MediaId, cancellationToken);
            foreach (var id in missing)
            {
                states[id] = new(id, null, titles.GetValueOrDefault(id), null);
            }
        }

        return states;
    }
}
