using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>One answer as it came over the wire.</summary>
public sealed record RawAnswer(int Status, ILookup<string, string> Headers, string Body)
{
    /// <summary>The last part of a problem document's type; null when the body is none.</summary>
    public string? Slug =>
        Regex.Match(Body, "\"type\":\"/problems/([a-z-]+)\"") is { Success: true } match ? match.Groups[1].Value : null;

    public string? Header(string name) => Headers[name].Any() ? string.Join(", ", Headers[name]) : null;
}

/// <summary>Everything a connection answered, in order.</summary>
/// <param name="IsWhole">The bytes end where an answer ends.</param>
/// <param name="Closed">The other side has closed the connection.</param>
public sealed partial record RawAnswers(IReadOnlyList<RawAnswer> All, bool IsWhole, bool Closed)
{
    public RawAnswer Only => Assert.Single(All);

    public int Status => Only.Status;

    public static RawAnswers Parse(byte[] bytes, bool closed)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var answers = new List<RawAnswer>();
        var position = 0;
        while (position < text.Length)
        {
            var end = text.IndexOf("\r\n\r\n", position, StringComparison.Ordinal);
            if (end < 0)
            {
                return new(answers, false, closed);
            }

            var lines = text[position..end].Split("\r\n");
            var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
            var headers = lines
                .Skip(1)
                .Select(line => line.Split(':', 2))
                .ToLookup(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
            position = end + 4;
            if (status == 100)
            {
                continue;
            }

            if (ReadBody(text, ref position, status, headers) is not { } body)
            {
                return new(answers, false, closed);
            }

            answers.Add(new(status, headers, body));
        }

        return new(answers, answers.Count > 0, closed);
    }

    private static string? ReadBody(string text, ref int position, int status, ILookup<string, string> headers)
    {
        if (status is 204 or 304)
        {
            return string.Empty;
        }

        if (headers["Transfer-Encoding"].Contains("chunked"))
        {
            return ReadChunks(text, ref position);
        }

        var length = int.Parse(headers["Content-Length"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        if (position + length > text.Length)
        {
            return null;
        }

        position += length;
        return text[(position - length)..position];
    }

    private static string? ReadChunks(string text, ref int position)
    {
        var body = new StringBuilder();
        while (true)
        {
            var end = text.IndexOf("\r\n", position, StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            var size = int.Parse(
                text.AsSpan(position, end - position),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            );
            if (end + 2 + size + 2 > text.Length)
            {
                return null;
            }

            body.Append(text, end + 2, size);
            position = end + 2 + size + 2;
            if (size == 0)
            {
                return body.ToString();
            }
        }
    }
}
