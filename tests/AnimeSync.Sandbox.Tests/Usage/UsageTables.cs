namespace AnimeSync.Sandbox.Tests.Usage;

/// <summary>How a document gets to an object of a type; the dollar sign stands for what is selected there.</summary>
internal sealed record Reach(string User, string Document)
{
    public Reach Into(string selection) =>
        this with
        {
            Document = Document.Replace("$", selection, StringComparison.Ordinal),
        };
}

/// <summary>How a field is called besides the argument in question, and what of its answer is looked at.</summary>
internal sealed record FieldCall(IReadOnlyList<(string Name, string Value)> Arguments, string? Selection, string? User);

/// <summary>The hand-written part of the coverage test: reach.txt, calls.txt and values.txt beside this file.</summary>
internal sealed class UsageTables
{
    private const string Nobody = "rin";

    private readonly Dictionary<string, List<Reach>> reaches = [];
    private readonly Dictionary<string, FieldCall> calls = [];
    private readonly Dictionary<string, string[]> values = [];

    public UsageTables()
    {
        foreach (var line in Lines("reach.txt"))
        {
            AddReach(line.Split(' ', 3));
        }

        foreach (var column in Lines("calls.txt").Select(line => line.Split('|')))
        {
            calls[column[0].Trim()] = new(Arguments(column[1]), Column(column, 2), Column(column, 3));
        }

        foreach (var column in Lines("values.txt").Select(line => line.Split('|')))
        {
            values[column[0].Trim()] = column[1].Split(';', StringSplitOptions.TrimEntries);
        }
    }

    public IReadOnlyList<Reach> To(string type) =>
        type switch
        {
            "Query" => [new(Nobody, "{ $ }")],
            "Mutation" => [new(Nobody, "mutation { $ }")],
            _ when reaches.TryGetValue(type, out var known) => known,
            _ when type.EndsWith("Notification", StringComparison.Ordinal) => Notifications(type),
            _ => throw new InvalidOperationException($"reach.txt does not say how to get to {type}."),
        };

    /// <summary>To the type, as the one who calls the field.</summary>
    public IEnumerable<Reach> To(UsageRow row) =>
        To(row.Type).Select(reach => Call(row.Type, row.Field).User is { } user ? reach with { User = user } : reach);

    public FieldCall Call(string type, string field) => calls.GetValueOrDefault($"{type}.{field}", new([], null, null));

    /// <summary>Values to try, by coordinate, else by the argument's name in any field.</summary>
    public string[]? Values(UsageRow row) =>
        values.GetValueOrDefault(row.Coordinate) ?? values.GetValueOrDefault($"*({row.Argument})");

    /// <summary>Coordinates with a reason each.</summary>
    public static Dictionary<string, string> Reasons(string file) =>
        Lines(file)
            .Select(line => line.Split('|', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(part => part[0], part => part[1]);

    // "Media = { Media(id: 1) { $ } }" or "MediaTitle < Media title", which stands for every way to get to a Media.
    private void AddReach(string[] parts)
    {
        var (type, kind, rest) = (parts[0], parts[1], parts[2]);
        var found = kind == "=" ? [Written(rest)] : Derived(rest).ToList();
        if (!reaches.TryAdd(type, found))
        {
            reaches[type].AddRange(found);
        }
    }

    private static Reach Written(string text) =>
        text.StartsWith('@') ? new(text[1..text.IndexOf(' ')], text[(text.IndexOf(' ') + 1)..]) : new(Nobody, text);

    private IEnumerable<Reach> Derived(string text)
    {
        var (parent, selection) = (text[..text.IndexOf(' ')], text[(text.IndexOf(' ') + 1)..]);
        return To(parent).Select(reach => reach.Into($"{selection} {{ $ }}"));
    }

    private static Reach[] Notifications(string type) =>
        [
            .. ((string[])["rin", "mika"]).Select(user => new Reach(
                user,
                $"{{ Page(perPage: 50) {{ notifications {{ ... on {type} {{ $ }} }} }} }}"
            )),
        ];

    private static List<(string, string)> Arguments(string text) =>
        [
            .. text.Split(" & ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(argument =>
                    (argument[..argument.IndexOf(':')], argument[(argument.IndexOf(':') + 1)..].Trim())
                ),
        ];

    private static string? Column(string[] column, int index) =>
        column.Length > index && column[index].Trim() is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(typeof(UsageTables).Assembly.GetManifestResourceStream(file)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }
}
