using System.Globalization;
using System.Text.RegularExpressions;

namespace AnimeSync.Sandbox.Tests.Usage;

/// <summary>A field, or an argument of one, that public clients use.</summary>
internal sealed partial record UsageRow(string Type, string Field, string? Argument, int Clients)
{
    public string Coordinate => Argument is null ? $"{Type}.{Field}" : $"{Type}.{Field}({Argument})";

    public static IReadOnlyList<UsageRow> ReadAll() =>
        [
            .. File.ReadLines(Path.Combine(AniListFacts.Folder, "field-usage.tsv"))
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split('\t'))
                .Select(column => Parse(column[0], int.Parse(column[1], CultureInfo.InvariantCulture))),
        ];

    private static UsageRow Parse(string coordinate, int clients)
    {
        var parts = Shape().Match(coordinate).Groups;
        return new(parts[1].Value, parts[2].Value, parts[3].Success ? parts[3].Value : null, clients);
    }

    [GeneratedRegex(@"^(\w+)\.(\w+)(?:\((\w+)\))?$")]
    private static partial Regex Shape();
}
