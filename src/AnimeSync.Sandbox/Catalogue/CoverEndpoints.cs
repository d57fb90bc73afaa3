namespace AnimeSync.Sandbox.Catalogue;

internal static class CoverEndpoints
{
    public static void MapCovers(this WebApplication app)
    {
        app.MapGet("/covers/{id:int}.svg", (int id, MediaCatalogue catalogue) => Draw(id, catalogue, Pictures.Cover));
        app.MapGet("/banners/{id:int}.svg", (int id, MediaCatalogue catalogue) => Draw(id, catalogue, Pictures.Banner));
        app.MapGet(
            "/icons/{siteId:int}.svg",
            (int siteId) =>
                Streaming.NameOfSite(siteId) is { } name
                    ? Results.Text(Pictures.Icon(siteId, name), "image/svg+xml")
                    : Results.NotFound()
        );
    }

    private static IResult Draw(int id, MediaCatalogue catalogue, Func<int, string, string> draw) =>
        catalogue.Find(id) is { } media
            ? Results.Text(draw(id, MediaCatalogue.TitleOf(media, "romaji") ?? $"{id}"), "image/svg+xml")
            : Results.NotFound();
}
