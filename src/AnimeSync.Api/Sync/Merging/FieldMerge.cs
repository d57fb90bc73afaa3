using AnimeSync.Api.Library;

namespace AnimeSync.Api.Sync;

/// <summary>Chooses where both sides changed a field to different values.</summary>
internal static class FieldMerge
{
    /// <returns>Null where the values themselves decide nothing, and so the later edit has to.</returns>
    public static bool? OursWins(EntryField field, EntryFields before, EntryFields ours, EntryFields theirs) =>
        field switch
        {
            EntryField.Status => Only(ours.Status == ListStatus.Repeating, theirs.Status == ListStatus.Repeating),
            // A rewatch starts over, and what the other side counted was of the time before.
            EntryField.Progress => Only(BeganRewatch(before, ours), BeganRewatch(before, theirs))
                ?? ours.Progress > theirs.Progress,
            EntryField.StartedAt => Only(ours.StartedAt is not null, theirs.StartedAt is not null),
            EntryField.CompletedAt => Only(ours.CompletedAt is not null, theirs.CompletedAt is not null),
            _ => null,
        };

    /// <summary>Each name is in or out as the side says that changed it; two sides that changed it did the same.</summary>
    public static CustomListNames Names(CustomListNames before, CustomListNames ours, CustomListNames theirs) =>
        CustomListNames.From(
            ours.Union(theirs).Where(name => !before.Contains(name) || (ours.Contains(name) && theirs.Contains(name)))
        );

    private static bool BeganRewatch(EntryFields before, EntryFields after) =>
        before.Status != ListStatus.Repeating && after.Status == ListStatus.Repeating;

    private static bool? Only(bool ours, bool theirs) => ours == theirs ? null : ours;
}
