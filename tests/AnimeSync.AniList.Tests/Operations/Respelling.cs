using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Tests.Operations;

/// <summary>Spells a query in one of the countless ways that ask the same, as decided.</summary>
internal sealed class Respelling(Choices choices)
{
    private static readonly string[] _blanks = [" ", "\n", ", ", "\t", "\r\n", " # } ${ \" \n", "\uFEFF "];

    private readonly List<string> _fragments = [];
    private readonly List<string> _declared = [];
    private readonly JsonObject _values = [];

    public static (string Text, JsonElement? Variables) Of(PublicQuery query, Choices choices) =>
        new Respelling(choices).Spell(query);

    private (string, JsonElement?) Spell(PublicQuery query)
    {
        var selection = Selection(query.Fields, "Query");
        var variables = _declared.Count == 0 ? "" : $"({string.Join(Blank(), choices.Shuffled(_declared))})";
        var definitions = _fragments.Prepend($"query Asked{variables}{selection}").ToList();
        if (choices.Sometimes(3))
        {
            definitions.Add("fragment Unused on Media{isFavourite}");
        }

        _values["ofNobody"] = choices.Below(9);
        return (
            string.Join(Blank(), choices.Shuffled(definitions)),
            _declared.Count == 0 && choices.Sometimes(2) ? null : JsonSerializer.SerializeToElement(_values)
        );
    }

    private string Selection(IReadOnlyList<QueryField> fields, string type)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < fields.Count; )
        {
            var length = 1 + choices.Below(fields.Count - i);
            var some = fields.Skip(i).Take(length).Select(field => Field(field)).ToList();
            var together = string.Join(Blank(), some);
            text.Append(Blank())
                .Append(
                    choices.Below(6) switch
                    {
                        1 => Fragment(together, type),
                        2 => $"...on{Blank()}{type}{Applied()}{{{together}}}",
                        3 => $"...{Applied()}{{{together}}}",
                        _ => together,
                    }
                )
                .Append(choices.Sometimes(5) ? $"{Blank()}__typename{Skipped()}" : "");
            i += length;
        }

        return text.Append('}').ToString();
    }

    private string Fragment(string selections, string type)
    {
        var name = $"F{_fragments.Count}";
        _fragments.Add($"fragment {name} on {type}{{{selections}}}");
        return $"...{name}{Applied()}";
    }

    private string Field(QueryField field)
    {
        var alias = field.Alias ?? (choices.Sometimes(8) ? field.Rule.Name : null);
        var arguments = field.Arguments.Select(argument => $"{argument.Rule.Name}{Colon()}{Value(argument)}").ToList();
        var left = field.Rule.Arguments.ToArray().ExceptBy(field.Arguments.Select(one => one.Rule), one => one);
        if (left.FirstOrDefault() is { } absent && choices.Sometimes(4))
        {
            arguments.Add($"{absent.Name}:{Declare(absent.Type.ToString(), null, null)}");
        }

        return (alias is null ? "" : alias + Colon())
            + field.Rule.Name
            + (arguments.Count == 0 ? "" : $"({string.Join(Blank(), choices.Shuffled(arguments))})")
            + Applied()
            + (field.Fields.Count == 0 ? "" : Selection(field.Fields, field.Rule.Type!.Name));
    }

    private string Value(QueryArgument argument)
    {
        var type = argument.Rule.Type;
        // A list of one may stand there without its brackets.
        var value = argument.Value is JsonArray { Count: 1 } one && choices.Sometimes(3) ? one[0]! : argument.Value;
        var literalType = value is JsonArray || type.Item is null ? type : type.Item;
        var literal = Literal(value, literalType);
        return choices.Below(5) switch
        {
            1 => Declare(type.ToString(), value, null),
            2 => Declare(type + "!", value, null),
            3 => Declare(type.ToString(), null, literal),
            4 => Declare(choices.Sometimes(2) ? type + "!" : type.ToString(), value, literal),
            _ => literal,
        };
    }

    private string Literal(JsonNode value, InputType type)
    {
        if (value is JsonArray list)
        {
            return $"[{string.Join(Blank(), list.Select(item => Literal(item!, type.Item!)))}]";
        }

        if (type.Kind != InputKind.Text)
        {
            return QueryArgument.LiteralOf(value, type);
        }

        var text = value.GetValue<string>();
        return choices.Below(3) switch
        {
            1 when text.Length > 0 && !text.Contains('"') && !text.EndsWith('\\') => $"\"\"\"\n   {text}\n\"\"\"",
            2 =>
                $"\"{string.Concat(text.Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")))}\"",
            _ => QueryArgument.LiteralOf(value, type),
        };
    }

    private string Declare(string type, JsonNode? value, string? fallback)
    {
        var name = $"v{_declared.Count}";
        _declared.Add($"${name}{Colon()}{type}{(fallback is null ? "" : $" = {fallback}")}");
        if (value is not null)
        {
            _values[name] = value.DeepClone();
        }

        return "$" + name;
    }

    private string Applied() =>
        choices.Below(8) switch
        {
            1 => $"{Blank()}@include(if:true)",
            2 => $"{Blank()}@skip(if{Colon()}false)@include(if:true)",
            3 => $"{Blank()}@include(if:{Declare("Boolean!", true, null)})",
            4 => $"{Blank()}@skip(if:{Declare("Boolean", null, "false")})",
            _ => "",
        };

    private string Skipped() =>
        choices.Below(3) switch
        {
            1 => " @include(if:false)",
            2 => $" @skip(if:{Declare("Boolean = false", true, null)})",
            _ => " @skip(if:true)",
        };

    private string Blank() => choices.Of(_blanks);

    private string Colon() => choices.Of([":", " : ", ":\n"]);
}
