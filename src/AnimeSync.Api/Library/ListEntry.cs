namespace AnimeSync.Api.Library;

/// <summary>An entry of somebody's list, or what is left of one that was deleted.</summary>
internal sealed class ListEntry
{
    public required Guid UserId { get; init; }

    /// <summary>AniList's id of the title.</summary>
    public required int MediaId { get; init; }

    /// <summary>As they last were when <see cref="DeletedAt"/> is set.</summary>
    public required EntryFields Fields { get; set; }

    /// <summary>AniList's id of the entry; null before it is there.</summary>
    public int? AniListId { get; set; }

    /// <summary>What AniList was last known to hold, as <see cref="EntryFields.ToJson"/>; null when it is not there.</summary>
    public string? Base { get; set; }

    /// <summary>The change that made the entry what it is.</summary>
    public required long ChangeSeq { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>A deleted entry stays for a while, so that clients which were away learn of it.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
