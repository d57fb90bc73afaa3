using System.Text.Json;
using AnimeSync.Sandbox.Tests.Usage;

namespace AnimeSync.Sandbox.Tests.Recorded;

/// <summary>The question that a recorded body answers: what it selects is read off the body, arguments and user stand in operations.txt.</summary>
internal sealed record RecordedOperation(
    string File,
    string User,
    string Type,
    IReadOnlyDictionary<string, string> Calls
)
{
    public static IReadOnlyList<RecordedOperation> ReadAll()
    {
        using var reader = new StreamReader(
            typeof(RecordedOperation).Assembly.GetManifestResourceStream("operations.txt")!
        );
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(column => new RecordedOperation(column[0], column[1], column[2], CallsIn(column[3]))),
        ];
    }

    public RecordedShape ReadShape()
    {
        using var body = JsonDocument.Parse(AniListFacts.Response(File));
        var root = body.RootElement;
        if (root.TryGetProperty("data", out var data))
        {
            return RecordedShape.Of(data);
        }

        // Some recordings keep one entry without the envelope around it.
        using var wrapped = JsonDocument.Parse($$"""{"MediaList":{{root.GetRawText()}}}""");
        return RecordedShape.Of(wrapped.RootElement);
    }

    public string Compose(RecordedShape shape, UsageSchema schema) =>
        $"{Type.ToLowerInvariant()} {{ {Select(shape, schema, Type, "")} }}";

    private string Select(RecordedShape shape, UsageSchema schema, string type, string path)
    {
        var members = shape
            .Members.Where(member => member.Key != "__typename")
            .Select(member => Field(member.Key, member.Value, schema, type, $"{path}{member.Key}"));
        var union = shape.MembersOfUnion.Select(member =>
            $"... on {member.Key} {{ {Select(member.Value, schema, member.Key, path)} }}"
        );
        var names = shape.MembersOfUnion.Count > 0 ? ["__typename"] : Array.Empty<string>();
        return string.Join(' ', names.Concat(members).Concat(union).DefaultIfEmpty("__typename"));
    }

    private string Field(string key, RecordedShape shape, UsageSchema schema, string type, string path)
    {
        var call = Calls.GetValueOrDefault(path, key);
        call = call.StartsWith('(') ? key + call : call;
        var parenthesis = call.IndexOf('(', StringComparison.Ordinal);
        var name = parenthesis < 0 ? call : call[..parenthesis];
        var inner = UsageSchema.Named(schema.FieldOf(type, name).Type);
        var selection = schema.IsComposite(inner) ? $" {{ {Select(shape, schema, inner, $"{path}.")} }}" : "";
        return $"{(name == key ? "" : $"{key}: ")}{call}{selection}";
    }

    private static Dictionary<string, string> CallsIn(string text) =>
        text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(call => call.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(call => call[0], call => call[1]);
}
