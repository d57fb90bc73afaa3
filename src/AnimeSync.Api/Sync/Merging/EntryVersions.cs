using System.Collections.Immutable;
using AnimeSync.Api.Library;

namespace AnimeSync.Api.Sync;

/// <summary>One entry three times: as AniList last had it for all we knew, as it is here, and as AniList has it now.</summary>
/// <param name="Base">Null when it was not on AniList.</param>
/// <param name="Local">Null when it is not here, or no longer.</param>
/// <param name="Remote">Null when it is not on AniList, or no longer.</param>
internal sealed record EntryVersions(EntryFields? Base, EntryFields? Local, EntryFields? Remote)
{
    /// <summary>When we took the last unsent edit of each field. A field that has none counts as changed before all others.</summary>
    public IReadOnlyDictionary<EntryField, DateTimeOffset> ReceivedAt { get; init; } =
        ImmutableDictionary<EntryField, DateTimeOffset>.Empty;

    /// <summary>AniList's updatedAt by our clock, that is corrected by the Date of the answer that it came in.</summary>
    public DateTimeOffset RemoteUpdatedAt { get; init; }

    /// <summary>What the answer does not show of <see cref="Remote"/>, because nobody or somebody else asked for it.</summary>
    public EntryFieldSet Unseen { get; init; }

    /// <summary>AniList's side with what it does not show as it last was.</summary>
    public EntryFields? Seen => Remote?.With(Unseen, Base ?? new());

    /// <summary>Whether our edit of that field is the later one; of two at the same time ours is.</summary>
    public bool OursIsLater(EntryField field) =>
        ReceivedAt.TryGetValue(field, out var received) && received >= RemoteUpdatedAt;
}
