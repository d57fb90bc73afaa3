using System.Text.Json.Serialization;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.Library;

/// <summary>AniList's MediaListStatus.</summary>
[JsonConverter(typeof(NamedEnumConverter<ListStatus>))]
public enum ListStatus
{
    [JsonStringEnumMemberName("CURRENT")]
    Current,

    [JsonStringEnumMemberName("PLANNING")]
    Planning,

    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    [JsonStringEnumMemberName("DROPPED")]
    Dropped,

    [JsonStringEnumMemberName("PAUSED")]
    Paused,

    /// <summary>Watching again what was completed before.</summary>
    [JsonStringEnumMemberName("REPEATING")]
    Repeating,
}
