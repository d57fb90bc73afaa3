using System.Text;
using System.Text.Json.Nodes;
using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Tests.Operations;

/// <summary>A valid public query as a tree, before anybody has spelled it.</summary>
internal sealed record PublicQuery(IReadOnlyList<QueryField> Fields)
{
    public int Complexity => Fields.Sum(one => one.Complexity);

    /// <summary>The plainest spelling, which is a question's identity: other text, other question.</summary>
    public override string ToString() => $"{{{string.Join(' ', Fields)}}}";
}

/// <param name="Type">The type it is a field of.</param>
internal sealed record QueryField(
    TypeRule Type,
    FieldRule Rule,
    string? Alias,
    IReadOnlyList<QueryArgument> Arguments,
    IReadOnlyList<QueryField> Fields
)
{
    public string ResponseName => Alias ?? Rule.Name;

    public int Complexity => 1 + Fields.Sum(one => one.Complexity);

    public override string ToString()
    {
        var text = new StringBuilder(Alias is null ? "" : Alias + ":").Append(Rule.Name);
        var arguments = Arguments.OrderBy(argument => argument.Rule.Name, StringComparer.Ordinal);
        text.Append(Arguments.Count == 0 ? "" : $"({string.Join(',', arguments)})");
        return text.Append(Fields.Count == 0 ? "" : $"{{{string.Join(' ', Fields)}}}").ToString();
    }
}

internal sealed record QueryArgument(ArgumentRule Rule, JsonNode Value)
{
    public override string ToString() => $"{Rule.Name}:{LiteralOf(Value, Rule.Type)}";

    public static string LiteralOf(JsonNode? value, InputType type) =>
        value is JsonArray list ? $"[{string.Join(',', list.Select(item => LiteralOf(item, type.Item!)))}]"
        : type.Kind == InputKind.Enum ? value!.GetValue<string>()
        : value is JsonValue words && words.TryGetValue<string>(out var text) ? Quoted(text)
        : value!.ToJsonString();

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t")}\"";
}
