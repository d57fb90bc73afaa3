using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Api.Anime;

/// <summary>An anime in AniList's own words; what AniList does not know is null.</summary>
/// <param name="Id">AniList's own.</param>
/// <param name="IdMal">MyAnimeList's.</param>
/// <param name="Format">AniList's MediaFormat: TV, TV_SHORT, MOVIE, SPECIAL, OVA, ONA, MUSIC, or one that is new.</param>
/// <param name="Status">
/// AniList's MediaStatus: FINISHED, RELEASING, NOT_YET_RELEASED, CANCELLED, HIATUS, or one that is new.
/// </param>
/// <param name="Description">HTML as AniList gives it, so not to be put on a page unfiltered.</param>
/// <param name="Season">AniList's MediaSeason: WINTER, SPRING, SUMMER, FALL.</param>
/// <param name="StartDate">YYYY, YYYY-MM or YYYY-MM-DD, as much as is known.</param>
/// <param name="EndDate">YYYY, YYYY-MM or YYYY-MM-DD, as much as is known.</param>
/// <param name="Episodes">How many there will be in all.</param>
/// <param name="Duration">Of an episode, in minutes.</param>
/// <param name="AverageScore">Of 100, weighted by AniList.</param>
/// <param name="Popularity">How many people have it on their list.</param>
/// <param name="CoverImage">An https address.</param>
/// <param name="BannerImage">An https address.</param>
/// <param name="SiteUrl">Its page on AniList, an https address.</param>
/// <param name="NextAiringEpisode">Null when nothing more is announced.</param>
/// <param name="Studios">The names of the main ones.</param>
/// <param name="UpdatedAt">When AniList last changed it.</param>
public sealed record AnimeResponse(
    int Id,
    int? IdMal,
    AnimeTitleResponse Title,
    string? Format,
    string? Status,
    string? Description,
    string? Season,
    int? SeasonYear,
    string? StartDate,
    string? EndDate,
    int? Episodes,
    int? Duration,
    IReadOnlyList<string> Genres,
    int? AverageScore,
    int? Popularity,
    string? CoverImage,
    string? BannerImage,
    string? SiteUrl,
    bool? IsAdult,
    AiringEpisodeResponse? NextAiringEpisode,
    IReadOnlyList<string> Studios,
    DateTimeOffset? UpdatedAt
);

public sealed record AnimeTitleResponse(string? Romaji, string? English, string? Native);

/// <param name="AiringAt">When it is first broadcast, in UTC.</param>
public sealed record AiringEpisodeResponse(int Episode, DateTimeOffset AiringAt);

/// <param name="Items">In the order asked; without those that AniList does not know as anime.</param>
/// <param name="NextCursor">Always null: what can be asked for at once fits one page.</param>
public sealed record AnimeList(IReadOnlyList<AnimeResponse> Items, string? NextCursor);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AnimeResponse))]
[JsonSerializable(typeof(AnimeList))]
internal sealed partial class AnimeJson : JsonSerializerContext;
