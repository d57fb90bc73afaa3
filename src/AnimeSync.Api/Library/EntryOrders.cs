using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Library;

/// <summary>What each kind of edit makes of an entry. All is decided by what is stored here; AniList is told later.</summary>
internal sealed class EntryOrders(AnimeSyncDbContext db, TimeProvider clock)
{
    // Nowhere on earth is it a later day than this far ahead of UTC.
    private static readonly TimeSpan _farthestZone = TimeSpan.FromHours(14);

    /// <summary>Changes what the edit names; there has to be an entry.</summary>
    public EntryOrder Patch(int mediaId, EntryEdit edit) =>
        new(
            mediaId,
            (list, state) =>
                state.Fields is { } current
                    ? Judge(list, state, edit.Apply(current, list.ScoreFormat, Today()))
                    : new EntryDecision.Refuse(new EntryRefusal.NotOnList())
        );

    /// <summary>Makes the entry what the edit says; what it does not name is as in a new entry.</summary>
    public EntryOrder Put(int mediaId, EntryEdit edit) =>
        new(mediaId, (list, state) => Judge(list, state, edit.Replace(state.Fields, list.ScoreFormat, Today())));

    public static EntryOrder Delete(int mediaId) =>
        new(
            mediaId,
            (_, state) =>
                state.Fields is null
                    ? new EntryDecision.Refuse(new EntryRefusal.NotOnList())
                    : new EntryDecision.Make(null)
        );

    /// <summary>One more episode watched; a title that is not on the list comes onto it.</summary>
    public EntryOrder WatchNext(int mediaId) =>
        new(
            mediaId,
            (_, state) =>
            {
                var entry = state.Fields ?? EntryFields.Default(ListStatus.Planning);
                var (fields, problem) = EntryProgress.NextEpisode(entry, LengthOf(state), Today(), EntryFieldSet.None);
                return problem is null ? new EntryDecision.Make(fields) : EntryDecision.Invalid(problem);
            }
        );

    /// <returns>Null when there is no such change.</returns>
    public async Task<EntryOrder?> UndoAsync(Guid userId, long changeSeq, CancellationToken cancellationToken)
    {
        var item = await db
            .History.AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == userId && row.ChangeSeq == changeSeq, cancellationToken);
        return item is null
            ? null
            : new(
                item.MediaId,
                (_, state) =>
                    item.Change.TryUndo(state.Fields, out var undone, out var since)
                        ? new EntryDecision.Make(undone)
                        : new EntryDecision.Refuse(new EntryRefusal.ChangedSince(since))
            )
            {
                Origin = ChangeOrigin.Undo,
                Undoes = changeSeq,
            };
    }

    private EntryDecision Judge(UserList list, EntryState state, (EntryFields Fields, FieldProblem? Problem) wanted)
    {
        var problems = EntryRules.Check(state.Fields, wanted.Fields, LengthOf(state), LatestToday(), NamesOf(list));
        if (wanted.Problem is { } problem)
        {
            problems.Insert(0, problem);
        }

        return problems.Count > 0 ? EntryDecision.Invalid(problems) : new EntryDecision.Make(wanted.Fields);
    }

    private static HashSet<string>? NamesOf(UserList list) =>
        list.CustomLists is { } names ? names.ToHashSet(StringComparer.Ordinal) : null;

    private KnownTitle LengthOf(EntryState state) => state.Title?.Length(clock.GetUtcNow()) ?? KnownTitle.Nothing;

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private DateOnly LatestToday() => DateOnly.FromDateTime((clock.GetUtcNow() + _farthestZone).UtcDateTime);
}
