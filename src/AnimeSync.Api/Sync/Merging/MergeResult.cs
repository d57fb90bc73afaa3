using AnimeSync.Api.Library;

namespace AnimeSync.Api.Sync;

/// <param name="Merged">Null when the entry is gone on both sides.</param>
/// <param name="Seen">What AniList is now known to hold: the next merge's base. Null when it is not there.</param>
/// <param name="ToSend">What AniList lacks of <paramref name="Merged"/>.</param>
/// <param name="ChangedHere">What our row lacks of <paramref name="Merged"/>.</param>
internal sealed record MergeResult(
    EntryFields? Merged,
    EntryFields? Seen,
    EntryDifference ToSend,
    EntryDifference ChangedHere,
    IReadOnlyList<EntryConflict> Conflicts
);
