namespace AnimeSync.Sandbox.Catalogue;

/// <summary>
/// Where a title can be watched. That is invented, by rule, so that pages and filters have something to show;
/// the addresses are the sites' own searches.
/// </summary>
internal static class Streaming
{
    // As many as clients show; a series of a thousand episodes has no list of them on AniList either.
    private const int MostEpisodes = 50;

    private static readonly (int Id, string Name, string Colour, string Search)[] Sites =
    [
        (5, "Crunchyroll", "#F88B24", "https://www.crunchyroll.com/search?q="),
        (10, "Netflix", "#E50914", "https://www.netflix.com/search?q="),
        (20, "HIDIVE", "#03AEF0", "https://www.hidive.com/search?q="),
        (7, "Hulu", "#1CE783", "https://www.hulu.com/search?q="),
    ];

    public static string? NameOfSite(int id) => Sites.FirstOrDefault(site => site.Id == id).Name;

    public static IEnumerable<object?> SitesOf(Facts media) =>
        LinksOf(media).Where(IsStreaming).Select(link => link["site"]);

    public static IEnumerable<object?> SiteIdsOf(Facts media) =>
        LinksOf(media).Where(IsStreaming).Select(link => link.GetValueOrDefault("siteId"));

    public static IEnumerable<Facts> LinksOf(Facts media) =>
        Recorded(media, "externalLinks")
        ?? (IsLicensed(media) ? InventedSites(media).Select(site => Link(media, site)) : []);

    public static IEnumerable<Facts> EpisodesOf(Facts media, string baseUrl)
    {
        if (Recorded(media, "streamingEpisodes") is { } recorded)
        {
            return recorded;
        }

        var (_, site, _, search) = InventedSites(media).First();
        var count =
            IsLicensed(media) && MediaCatalogue.IsAnime(media) ? media.GetValueOrDefault("episodes") as int? ?? 0 : 0;
        return Enumerable
            .Range(1, Math.Min(count, MostEpisodes))
            .Select(episode => new Facts
            {
                ["title"] = $"Episode {episode} - {NameOf(media)}, part {episode}",
                ["thumbnail"] = $"{baseUrl}/banners/{MediaCatalogue.IdOf(media)}.svg",
                ["url"] = search + Uri.EscapeDataString($"{NameOf(media)} {episode}"),
                ["site"] = site,
            });
    }

    /// <summary>AniList's trailers are at YouTube; an invented id keeps the shape of one and leads nowhere.</summary>
    public static Facts? TrailerOf(Facts media, string baseUrl) =>
        media.GetValueOrDefault("trailer") as Facts
        ?? (
            MediaCatalogue.IsAnime(media) && IsLicensed(media)
                ? new()
                {
                    ["id"] = $"sbx{MediaCatalogue.IdOf(media):D8}",
                    ["site"] = "youtube",
                    ["thumbnail"] = $"{baseUrl}/banners/{MediaCatalogue.IdOf(media)}.svg",
                }
                : null
        );

    private static IEnumerable<(int Id, string Name, string Colour, string Search)> InventedSites(Facts media)
    {
        var id = MediaCatalogue.IdOf(media);
        var first = id % Sites.Length;
        yield return Sites[first];
        if (id % 3 == 0)
        {
            yield return Sites[(first + 1) % Sites.Length];
        }
    }

    private static Facts Link(Facts media, (int Id, string Name, string Colour, string Search) site) =>
        new()
        {
            ["id"] = (MediaCatalogue.IdOf(media) * 100) + site.Id,
            ["url"] = site.Search + Uri.EscapeDataString(NameOf(media)),
            ["site"] = site.Name,
            ["siteId"] = site.Id,
            ["type"] = "STREAMING",
            ["language"] = "English",
            ["color"] = site.Colour,
            ["isDisabled"] = false,
        };

    private static List<Facts>? Recorded(Facts media, string member) =>
        (media.GetValueOrDefault(member) as List<object?>)?.OfType<Facts>().ToList();

    private static bool IsStreaming(Facts link) => link.GetValueOrDefault("type") is null or "STREAMING";

    private static bool IsLicensed(Facts media) => media.GetValueOrDefault("isLicensed") is true;

    private static string NameOf(Facts media) =>
        MediaCatalogue.TitleOf(media, "english") ?? MediaCatalogue.TitleOf(media, "romaji") ?? "";
}
