namespace AnimeSync.Api.Library;

/// <summary>An entry with all that is kept of it, as one read found them.</summary>
/// <param name="Row">Null when there never was one that is remembered.</param>
/// <param name="Title">Null when nothing is known of it yet.</param>
/// <param name="Pending">Null when AniList has everything.</param>
internal sealed record EntryState(int MediaId, ListEntry? Row, ListTitle? Title, PendingChange? Pending)
{
    /// <summary>Null when the title is not on the list.</summary>
    public EntryFields? Fields => Row is { DeletedAt: null } ? Row.Fields : null;
}
