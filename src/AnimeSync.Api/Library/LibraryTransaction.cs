using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore.Storage;

namespace AnimeSync.Api.Library;

/// <summary>
/// One writer's turn at a person's list. What changes gets the next numbers of the list, its history and its place in the
/// outbox, all together or not at all.
/// </summary>
internal sealed class LibraryTransaction(
    AnimeSyncDbContext db,
    IDbContextTransaction transaction,
    UserList list,
    DateTimeOffset began
) : IAsyncDisposable
{
    // AniList is told a moment after the last edit, and soon enough after the first that it has not got.
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    // As exact as both databases keep it, so that what is answered is what will be read.
    private readonly DateTimeOffset _now = began.AddTicks(-(began.Ticks % TimeSpan.TicksPerMicrosecond));

    public UserList List => list;

    /// <summary>Carries out each order by itself; what one refuses keeps no other back.</summary>
    /// <param name="orders">Each for another entry.</param>
    public async Task<IReadOnlyList<EntryOutcome>> CarryOutAsync(
        IReadOnlyList<EntryOrder> orders,
        CancellationToken cancellationToken
    )
    {
        var states = await LibraryStates.LoadAsync(
            db,
            list.UserId,
            [.. orders.Select(order => order.MediaId)],
            cancellationToken
        );
        return [.. orders.Select(order => CarryOut(order, states[order.MediaId]))];
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private EntryOutcome CarryOut(EntryOrder order, EntryState state)
    {
        var decision = order.Decide(list, state);
        if (decision is EntryDecision.Refuse { Refusal: var refusal })
        {
            return new(state, false, refusal);
        }

        var before = state.Fields;
        var after = ((EntryDecision.Make)decision).Fields;
        return EntryChange.Between(before, after) is { } change
            ? new(Change(order, state, after, change), before is null, null)
            : new(state, false, null);
    }

    private EntryState Change(EntryOrder order, EntryState state, EntryFields? fields, EntryChange change)
    {
        var isNew = state.Fields is null;
        var row = state.Row ?? Added(state.MediaId);
        row.CreatedAt = isNew ? _now : row.CreatedAt;
        row.Fields = fields ?? row.Fields;
        row.DeletedAt = fields is null ? _now : null;
        row.UpdatedAt = _now;
        row.ChangeSeq = ++list.ChangeSeq;
        db.History.Add(
            new()
            {
                UserId = list.UserId,
                ChangeSeq = row.ChangeSeq,
                MediaId = state.MediaId,
                At = _now,
                Origin = order.Origin,
                Undoes = order.Undoes,
                Before = change.Before?.ToJson(),
                After = change.After?.ToJson(),
            }
        );
        return state with { Row = row, Pending = Queue(state, change) };
    }

    private ListEntry Added(int mediaId)
    {
        var row = new ListEntry
        {
            UserId = list.UserId,
            MediaId = mediaId,
            Fields = new(),
            ChangeSeq = 0,
            CreatedAt = _now,
            UpdatedAt = _now,
        };
        db.ListEntries.Add(row);
        return row;
    }

    // An edit that takes an unsent one back is queued as well: what is on its way to AniList by now, nobody knows here.
    private PendingChange Queue(EntryState state, EntryChange change)
    {
        var pending = state.Pending;
        if (pending is null)
        {
            pending = new()
            {
                UserId = list.UserId,
                MediaId = state.MediaId,
                FirstEditAt = _now,
                DueAt = _now,
                ReceivedAt = PendingChange.Write([]),
            };
            db.PendingChanges.Add(pending);
        }

        var receivedAt = pending.ReceivedAtByField().ToDictionary();
        foreach (var field in change.After?.Fields ?? EntryFieldSet.None)
        {
            receivedAt[field] = _now;
        }

        pending.ReceivedAt = PendingChange.Write(receivedAt);
        pending.Refusal = null;
        var latest = pending.FirstEditAt + _patience;
        pending.DueAt = _now + _pause < latest ? _now + _pause : latest;
        return pending;
    }
}
