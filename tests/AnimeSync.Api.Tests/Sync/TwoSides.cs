using AnimeSync.Api.Library;
using AnimeSync.Api.Sync;

namespace AnimeSync.Api.Tests.Sync;

/// <summary>One entry here and on AniList, edited on both sides and brought together in rounds of read, merge and send.</summary>
internal sealed class TwoSides(EntryFields? both)
{
    private readonly Dictionary<EntryField, DateTimeOffset> _receivedAt = [];
    private DateTimeOffset _updatedAt = EntryMergeProperties.At(0);
    private int _now;

    public EntryFields? Base { get; private set; } = both;

    public EntryFields? Local { get; private set; } = both;

    public EntryFields? Remote { get; private set; } = both;

    /// <summary>Where there is no entry the edit finds nothing to change.</summary>
    public void Edit(EntryPatch patch, bool here) =>
        Replace((here ? Local : Remote) is { } fields ? patch.ApplyTo(fields) : null, here);

    public void Replace(EntryFields? fields, bool here)
    {
        var now = EntryMergeProperties.At(++_now);
        if (!here)
        {
            (Remote, _updatedAt) = (fields, now);
            return;
        }

        foreach (var field in EntryDifference.Between(Local, fields).Fields)
        {
            _receivedAt[field] = now;
        }

        Local = fields;
    }

    public void Synchronise(Action? between = null)
    {
        var toSend = Merge(Base);
        var sent = Local;
        between?.Invoke();
        // What is no longer there cannot be updated: AniList refuses, and the next round sees why.
        var refused = toSend.What == EntryDifference.Kind.Update && Remote is null;
        if (!toSend.IsNothing && !refused)
        {
            Remote = EntryMergeProperties.Written(Remote, toSend, sent);
            _updatedAt = EntryMergeProperties.At(++_now);
            _receivedAt.Clear();
            Merge(sent);
        }
    }

    private EntryDifference Merge(EntryFields? before)
    {
        var result = EntryMerge.Merge(
            new(before, Local, Remote) { ReceivedAt = _receivedAt, RemoteUpdatedAt = _updatedAt }
        );
        (Base, Local) = (result.Seen, result.Merged);
        return result.ToSend;
    }
}
