namespace AnimeSync.Api.Library;

/// <summary>A person's list as a whole. Every change of it writes this row, which is what puts changes in order.</summary>
internal sealed class UserList
{
    public required Guid UserId { get; init; }

    /// <summary>
    /// The number of the last change. Taken and committed together with what changed, so that numbers appear in their
    /// order and whoever reads up to one has missed none before it.
    /// </summary>
    public long ChangeSeq { get; set; }

    public ScoreFormat ScoreFormat { get; set; } = ScoreFormat.Point100;

    /// <summary>The names of the person's custom lists; null before AniList was asked.</summary>
    public CustomListNames? CustomLists { get; set; }
}
