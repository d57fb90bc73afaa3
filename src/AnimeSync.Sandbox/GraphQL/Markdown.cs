using System.Net;
using System.Text.RegularExpressions;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Texts of users, which AniList keeps as Markdown and shows as HTML when asked to.</summary>
internal static partial class Markdown
{
    /// <summary>The member of that name, by the field's <c>asHtml</c>.</summary>
    public static string? Text(IResolveFieldContext context, string member)
    {
        var text = ((Facts)context.Source!).GetValueOrDefault(member) as string;
        return text is not null && context.Given<bool>("asHtml") ? ToHtml(text) : text;
    }

    public static string ToHtml(string text)
    {
        // Recorded answers hold what their client asked for, and most asked for HTML.
        if (text.StartsWith("<p>", StringComparison.Ordinal))
        {
            return text;
        }

        var html = WebUtility.HtmlEncode(text.ReplaceLineEndings("\n"));
        html = Spoiler().Replace(html, "<span class='markdown_spoiler'><span>$1</span></span>");
        html = Link().Replace(html, "<a href=\"$2\">$1</a>");
        html = Strong().Replace(html, "<strong>$2</strong>");
        html = Emphasis().Replace(html, "<em>$2</em>");
        return string.Concat(
            html.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(paragraph => $"<p>{paragraph.Replace("\n", "<br />\n", StringComparison.Ordinal)}</p>")
        );
    }

    [GeneratedRegex("~!(.+?)!~", RegexOptions.Singleline)]
    private static partial Regex Spoiler();

    [GeneratedRegex(@"\[([^\]\n]+)\]\((https?://[^\s)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(\*\*|__)(?=\S)(.+?)\1")]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<!\w)(\*|_)(?=\S)(.+?)\1(?!\w)")]
    private static partial Regex Emphasis();
}
