namespace AnimeSync.AniList.Lists;

/// <summary>What a person can set on an entry.</summary>
[Flags]
public enum RemoteFields
{
    None = 0,
    Status = 1 << 0,
    Score = 1 << 1,
    Progress = 1 << 2,
    Repeat = 1 << 3,
    Priority = 1 << 4,
    Private = 1 << 5,
    Notes = 1 << 6,
    HiddenFromStatusLists = 1 << 7,
    CustomLists = 1 << 8,
    StartedAt = 1 << 9,
    CompletedAt = 1 << 10,
}
