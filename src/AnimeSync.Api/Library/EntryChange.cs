namespace AnimeSync.Api.Library;

/// <summary>One change of an entry, with what it takes to undo it.</summary>
/// <param name="Before">What the changed fields were; the whole entry for a deletion, null for a creation.</param>
/// <param name="After">What they became; the whole entry for a creation, null for a deletion.</param>
internal sealed record EntryChange(EntryPatch? Before, EntryPatch? After)
{
    /// <param name="before">Null where there was no entry, and so is <paramref name="after"/> where there is none.</param>
    /// <returns>Null when nothing changed.</returns>
    public static EntryChange? Between(EntryFields? before, EntryFields? after)
    {
        var difference = EntryDifference.Between(before, after);
        var fields = difference.What == EntryDifference.Kind.Update ? difference.Fields : EntryFieldSet.All;
        return difference.IsNothing
            ? null
            : new(
                before is null ? null : EntryPatch.Of(fields, before),
                after is null ? null : EntryPatch.Of(fields, after)
            );
    }

    /// <summary>Puts back what the change touched and leaves the rest, unless something of it changed again.</summary>
    /// <param name="current">Null when there is no entry.</param>
    /// <param name="undone">The entry with the change undone; null when it is to be deleted.</param>
    /// <param name="since">
    /// What became of the change's result: nothing when it can be undone, else the fields that are no longer as
    /// <see cref="After"/> says, or that the entry was deleted, or made again.
    /// </param>
    public bool TryUndo(EntryFields? current, out EntryFields? undone, out EntryDifference since)
    {
        since = Since(current);
        undone =
            !since.IsNothing ? current
            : current is null ? Before?.Values
            : Before?.ApplyTo(current);
        return since.IsNothing;
    }

    private EntryDifference Since(EntryFields? current) =>
        EntryDifference.Between(current is null ? After?.Values : After?.ApplyTo(current), current);
}
