using System.Globalization;
using System.Text;

namespace AnimeSync.AniList.Lists;

/// <summary>
/// One document with a root field for each of several things, each on a line of its own, so that an error's line tells
/// whose it is.
/// </summary>
internal static class AliasedDocument
{
    /// <summary>AniList refuses more than 500 selected fields; the rest is for a difference in counting.</summary>
    public const int Complexity = 450;

    private const int FirstLine = 2;

    public static string AliasOf(int index) => string.Create(CultureInfo.InvariantCulture, $"a{index}");

    /// <param name="head">Operation, name and variables, on one line.</param>
    /// <param name="fields">Each on one line.</param>
    public static string Write(string head, IEnumerable<string> fields, string fragments)
    {
        var text = new StringBuilder(head).Append('{');
        var index = 0;
        foreach (var field in fields)
        {
            text.Append('\n').Append(AliasOf(index++)).Append(": ").Append(field);
        }

        return text.Append("\n}\n").Append(fragments).ToString();
    }

    /// <param name="line">As an error's location counts: from 1.</param>
    public static int IndexAt(int line) => line - FirstLine;
}
