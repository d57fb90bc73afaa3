using AnimeSync.Api.Library;

namespace AnimeSync.Api.Sync;

/// <summary>Both sides changed the same thing, and one had to lose: applying a side's patch chooses that side after all.</summary>
/// <param name="Ours">The field as it was here; null when the entry was deleted here.</param>
/// <param name="Theirs">The field as AniList had it; null when the entry was deleted there.</param>
/// <param name="OursWon">Which of them stands now.</param>
/// <param name="Field">Null when one side deleted the entry; the other side's patch then is the whole entry.</param>
internal sealed record EntryConflict(EntryField? Field, EntryPatch? Ours, EntryPatch? Theirs, bool OursWon);
