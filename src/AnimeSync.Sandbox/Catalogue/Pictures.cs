using System.Globalization;
using System.Net;
using System.Text;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Covers and banners drawn from a title's name and number: pages look alive without the internet.</summary>
internal static class Pictures
{
    private const int LettersPerLine = 15;
    private const int LineHeight = 26;

    /// <summary>A colour that stays the same for a title, as AniList's covers have one.</summary>
    public static string ColourOf(int id) => $"#{id * 2654435761 & 0x7f7f7f | 0x303030:x6}";

    public static string Cover(int id, string title)
    {
        var lines = Wrap(title);
        var text = new StringBuilder();
        foreach (var (index, line) in lines.Index())
        {
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"<tspan x=\"16\" y=\"{290 - ((lines.Count - 1 - index) * LineHeight)}\">"
                )
                .Append(WebUtility.HtmlEncode(line))
                .Append("</tspan>");
        }

        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 230 325" width="460" height="650">
              {Background(id, 230, 325)}
              <text font-family="sans-serif" font-size="21" font-weight="bold" fill="#fff">{text}</text>
            </svg>
            """;
    }

    public static string Banner(int id, string title) =>
        $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1900 400" width="1900" height="400">
              {Background(id, 1900, 400)}
              <text x="60" y="350" font-family="sans-serif" font-size="48" fill="#fff" opacity="0.6">{WebUtility.HtmlEncode(
                title
            )}</text>
            </svg>
            """;

    public static string Icon(int siteId, string name) =>
        $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">
              <rect width="32" height="32" rx="6" fill="{ColourOf(siteId)}"/>
              <text x="16" y="23" text-anchor="middle" font-family="sans-serif" font-size="20" fill="#fff">{name[
                0
            ]}</text>
            </svg>
            """;

    // Two colours and three discs, placed by the title's number.
    private static string Background(int id, int width, int height)
    {
        var drawing = new StringBuilder();
        drawing.Append(
            CultureInfo.InvariantCulture,
            $"<linearGradient id=\"g\" x2=\"1\" y2=\"1\"><stop stop-color=\"{ColourOf(id)}\"/><stop offset=\"1\" stop-color=\"{ColourOf(id + 7)}\"/></linearGradient>"
        );
        drawing.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" fill=\"url(#g)\"/>");
        for (var disc = 1; disc <= 3; disc++)
        {
            var (x, y, radius) = (
                id * 37 * disc % width,
                id * 53 * disc % height,
                (height / 8) + (id * disc % (height / 4))
            );
            drawing.Append(
                CultureInfo.InvariantCulture,
                $"<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"#fff\" opacity=\"0.12\"/>"
            );
        }

        return drawing.ToString();
    }

    // SVG breaks no lines by itself, and what does is unknown to the renderers of mobile clients.
    private static List<string> Wrap(string title)
    {
        List<string> lines = [""];
        foreach (var word in title.Split(' '))
        {
            if (lines[^1].Length + word.Length > LettersPerLine && lines[^1].Length > 0)
            {
                lines.Add("");
            }

            lines[^1] = $"{lines[^1]} {word}".TrimStart();
        }

        return lines;
    }
}
