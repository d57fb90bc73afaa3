using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AnimeSync.AniList;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.Api.Anime;

/// <summary>What an answer of AniList's to <see cref="Documents.Anime"/> is here: bytes that are ready to be sent.</summary>
/// <param name="Id">Null when AniList's answer makes no sense.</param>
/// <param name="Json">Null when it is not about an anime.</param>
/// <param name="ETag">Quoted, of <paramref name="Json"/>.</param>
internal sealed record AnimeAnswer(int? Id, byte[]? Json, string ETag)
{
    // Every script as itself, but nothing that could end a string on a page.
    private static readonly AnimeJson _json = new(
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }
    );

    private static readonly AnimeAnswer _nonsense = new(null, null, string.Empty);

    public static AnimeAnswer Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement.Member("data").Member("Media"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Nested too deeply, or a name that is not text.
            return _nonsense;
        }
    }

    private static AnimeAnswer Of(JsonElement media)
    {
        var type = media.Text("type");
        if (media.Count("id") is not (> 0 and var id) || type is not ("ANIME" or "MANGA"))
        {
            return _nonsense;
        }

        if (type == "MANGA")
        {
            return new(id, null, string.Empty);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(ToResponse(id, media), _json.AnimeResponse);
        return new(id, json, GatewayAnswer.ETagOf(json));
    }

    private static AnimeResponse ToResponse(int id, JsonElement media)
    {
        var title = media.Member("title");
        return new(
            id,
            media.Count("idMal"),
            new(title.Text("romaji"), title.Text("english"), title.Text("native")),
            media.Text("format"),
            media.Text("status"),
            media.Text("description"),
            media.Text("season"),
            media.Count("seasonYear"),
            Date(media.Member("startDate")),
            Date(media.Member("endDate")),
            media.Count("episodes"),
            media.Count("duration"),
            Texts(media.Items("genres")),
            media.Count("averageScore"),
            media.Count("popularity"),
            media.Member("coverImage").HttpsUrl("extraLarge"),
            media.HttpsUrl("bannerImage"),
            media.HttpsUrl("siteUrl"),
            media.Flag("isAdult"),
            Airing(media.Member("nextAiringEpisode")),
            Texts(media.Member("studios").Items("nodes").Select(studio => studio.Member("name"))),
            media.Time("updatedAt")
        );
    }

    private static string? Date(JsonElement date) =>
        FuzzyDate.Of(date.Count("year"), date.Count("month"), date.Count("day"))?.ToString();

    private static AiringEpisodeResponse? Airing(JsonElement airing) =>
        airing.Count("episode") is { } episode && airing.Time("airingAt") is { } time ? new(episode, time) : null;

    private static List<string> Texts(IEnumerable<JsonElement> elements) =>
        [.. elements.Select(element => element.AsText()).OfType<string>()];
}
