using System.Net;

namespace AnimeSync.Sandbox.Catalogue;

internal static class CoverEndpoints
{
    public static void MapCovers(this WebApplication app) => app.MapGet("/covers/{id:int}.svg", DrawCover);

    /// <summary>A colour that stays the same for a title, as AniList's covers have one.</summary>
    public static string ColourOf(int id) => $"#{id * 2654435761 & 0x7f7f7f | 0x303030:x6}";

    private static IResult DrawCover(int id, MediaCatalogue catalogue)
    {
        if (catalogue.Find(id) is not { } media)
        {
            return Results.NotFound();
        }

        var title = WebUtility.HtmlEncode(MediaCatalogue.TitleOf(media, "romaji") ?? $"{id}");
        return Results.Text(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 230 325" width="230" height="325">
              <rect width="230" height="325" fill="{ColourOf(id)}"/>
              <foreignObject x="15" y="110" width="200" height="200">
                <p xmlns="http://www.w3.org/1999/xhtml" style="font:bold 20px sans-serif;color:#fff;margin:0">{title}</p>
              </foreignObject>
            </svg>
            """,
            "image/svg+xml"
        );
    }
}
