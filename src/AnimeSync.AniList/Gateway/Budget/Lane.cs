namespace AnimeSync.AniList.Gateway;

/// <summary>What a request is for. Under load writes get 60 of 100 permits, reads 30, background work 10.</summary>
public enum Lane
{
    Writes,
    Reads,
    Background,
}
