using System.Text.Json.Serialization;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.Library;

/// <summary>AniList's ScoreFormat: how a person sees and enters scores. In each of them 0 is no score.</summary>
[JsonConverter(typeof(NamedEnumConverter<ScoreFormat>))]
public enum ScoreFormat
{
    /// <summary>Whole, 0 to 100.</summary>
    [JsonStringEnumMemberName("POINT_100")]
    Point100,

    /// <summary>0 to 10 with one decimal.</summary>
    [JsonStringEnumMemberName("POINT_10_DECIMAL")]
    Point10Decimal,

    /// <summary>Whole, 0 to 10.</summary>
    [JsonStringEnumMemberName("POINT_10")]
    Point10,

    /// <summary>Stars, 0 to 5.</summary>
    [JsonStringEnumMemberName("POINT_5")]
    Point5,

    /// <summary>Faces, 1 to 3.</summary>
    [JsonStringEnumMemberName("POINT_3")]
    Point3,
}
