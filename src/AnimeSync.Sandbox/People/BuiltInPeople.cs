using System.Globalization;

namespace AnimeSync.Sandbox.People;

/// <summary>The people that come with the sandbox, from people.txt; read once for all sandboxes of a process.</summary>
internal sealed class BuiltInPeople
{
    private static readonly Lazy<BuiltInPeople> Shared = new(() => new BuiltInPeople());

    private readonly List<Facts> characters = [];
    private readonly List<Facts> staff = [];
    private readonly List<Casting> castings = [];
    private readonly List<Credit> credits = [];

    private BuiltInPeople()
    {
        using var reader = new StreamReader(typeof(BuiltInPeople).Assembly.GetManifestResourceStream("people.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var column = line.Split('|');
            switch (column[0])
            {
                case "staff":
                    staff.Add(StaffMember(column));
                    break;
                case "character":
                    characters.Add(Character(column));
                    break;
                case "cast":
                    castings.AddRange(Numbers(column[1]).Select(title => Casting(title, column)));
                    break;
                case "crew":
                    credits.AddRange(Numbers(column[1]).Select(title => Credit(title, column)));
                    break;
                default:
                    break;
            }
        }
    }

    public static BuiltInPeople Instance => Shared.Value;

    public IReadOnlyList<Facts> Characters => characters;

    public IReadOnlyList<Facts> Staff => staff;

    public IReadOnlyList<Casting> Castings => castings;

    public IReadOnlyList<Credit> Credits => credits;

    private Casting Casting(int title, string[] column) =>
        new(castings.Count + 1, title, Number(column[2])!.Value, column[3], Numbers(column[4]).ToList());

    private Credit Credit(int title, string[] column) =>
        new(credits.Count + 1, title, Number(column[2])!.Value, column[3]);

    private static Facts StaffMember(string[] column) =>
        new()
        {
            ["id"] = Number(column[1]),
            ["name"] = Name(column, column[14]),
            ["languageV2"] = column[5],
            ["language"] = column[5].ToUpperInvariant(),
            ["gender"] = Text(column[6]),
            ["dateOfBirth"] = Date(column[7]),
            ["dateOfDeath"] = Date(column[8]),
            ["homeTown"] = Text(column[9]),
            ["bloodType"] = Text(column[10]),
            ["yearsActive"] = Number(column[11]) is { } since ? new List<object?> { since } : new List<object?>(),
            ["primaryOccupations"] = Texts(column[12]),
            ["favourites"] = Number(column[13]),
            ["description"] = Text(column[15]),
            ["siteUrl"] = $"https://anilist.co/staff/{column[1]}",
        };

    private static Facts Character(string[] column)
    {
        var name = Name(column, column[10]);
        name["alternativeSpoiler"] = Texts(column[11]);
        return new()
        {
            ["id"] = Number(column[1]),
            ["name"] = name,
            ["gender"] = Text(column[5]),
            ["age"] = Text(column[6]),
            ["dateOfBirth"] = Date(column[7]),
            ["bloodType"] = Text(column[8]),
            ["favourites"] = Number(column[9]),
            ["description"] = Text(column[12]),
            ["siteUrl"] = $"https://anilist.co/character/{column[1]}",
        };
    }

    private static Facts Name(string[] column, string otherNames)
    {
        var last = column[3].Split('~');
        return new()
        {
            ["first"] = column[2],
            ["middle"] = last.Length > 1 ? last[0] : null,
            ["last"] = Text(last[^1]),
            ["full"] = string.Join(' ', last.Prepend(column[2])).TrimEnd(),
            ["native"] = Text(column[4]),
            ["alternative"] = Texts(otherNames),
        };
    }

    // A birthday may be known without its year: ?-10-03.
    private static Facts Date(string text)
    {
        var parts = text.Split('-');
        return new()
        {
            ["year"] = Number(parts[0]),
            ["month"] = parts.Length > 1 ? Number(parts[1]) : null,
            ["day"] = parts.Length > 2 ? Number(parts[2]) : null,
        };
    }

    private static IEnumerable<int> Numbers(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => Number(part)!.Value);

    private static List<object?> Texts(string text) => [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries)];

    private static string? Text(string text) => text.Length == 0 ? null : text;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
