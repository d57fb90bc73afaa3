namespace AnimeSync.AniList.Lists;

/// <summary>An entry by whose it is and of what, both by AniList's ids.</summary>
public readonly record struct EntryKey(int UserId, int MediaId);
