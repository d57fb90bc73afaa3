using System.Text.Json;

namespace AnimeSync.AniList.Lists;

/// <summary>AniList's, by its names: CURRENT, PLANNING, COMPLETED, DROPPED, PAUSED, REPEATING.</summary>
public enum MediaListStatus
{
    Current,
    Planning,
    Completed,
    Dropped,
    Paused,

    /// <summary>Watching again what was completed before.</summary>
    Repeating,
}

internal static class MediaListStatusNames
{
    private static readonly MediaListStatus[] _all = Enum.GetValues<MediaListStatus>();
    private static readonly string[] _names =
    [
        .. _all.Select(status => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString())),
    ];

    public static string WireName(this MediaListStatus status) => _names[(int)status];

    /// <summary>Null for a word that is none of AniList's.</summary>
    public static MediaListStatus? Find(string? name) =>
        Array.IndexOf(_names, name) is >= 0 and var index ? _all[index] : null;
}
