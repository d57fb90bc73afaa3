namespace AnimeSync.Api.Library;

/// <summary>What would have to be done to an entry to make another of it.</summary>
/// <param name="Fields">Those to write: all of them for a creation, none for a deletion.</param>
internal readonly record struct EntryDifference(EntryDifference.Kind What, EntryFieldSet Fields)
{
    public enum Kind
    {
        Nothing,
        Create,
        Update,
        Delete,
    }

    public bool IsNothing => What == Kind.Nothing;

    /// <param name="from">Null where there is no entry, and so is <paramref name="to"/>.</param>
    public static EntryDifference Between(EntryFields? from, EntryFields? to)
    {
        if (from is null || to is null)
        {
            return to is not null ? new(Kind.Create, EntryFieldSet.All)
                : from is not null ? new(Kind.Delete, EntryFieldSet.None)
                : default;
        }

        var fields = to.DifferencesFrom(from);
        return fields.IsEmpty ? default : new(Kind.Update, fields);
    }
}
