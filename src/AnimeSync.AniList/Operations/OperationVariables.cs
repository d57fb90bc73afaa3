using System.Text.Json;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

internal enum Inlined
{
    Written,

    /// <summary>Neither given nor defaulted: the argument is as good as not there.</summary>
    Absent,

    /// <summary>Not declared so, or not of its type: for AniList to judge.</summary>
    Misfit,
}

/// <summary>An operation's variables with their values, which of them have been put in place, and how.</summary>
internal sealed class OperationVariables(GraphQLVariablesDefinition? definitions, JsonElement? values)
{
    // More are no use to anybody: a document of the largest size has few arguments to put them into.
    private const int Most = 128;

    private readonly JsonElement? _values = values is { ValueKind: JsonValueKind.Object } ? values : null;
    private UInt128 _used;

    public IReadOnlyList<GraphQLVariableDefinition> Definitions { get; } = definitions?.Items ?? [];

    /// <summary>A name declared twice counts as unused, because only the first of them is ever found.</summary>
    public bool AreAllUsed => Definitions.Count < Most && _used == (UInt128.One << Definitions.Count) - 1;

    public bool HaveDirectives => definitions?.Items.Exists(static one => one.Directives is { Count: > 0 }) ?? false;

    public JsonElement? ValueOf(GraphQLVariableDefinition definition) =>
        _values is { } given && given.TryGetProperty(definition.Variable.Name.Value.Span, out var value) ? value : null;

    public int IndexOf(GraphQLVariable variable)
    {
        for (var i = 0; i < Definitions.Count; i++)
        {
            if (Definitions[i].Variable.Name.Value.Span.SequenceEqual(variable.Name.Value.Span))
            {
                return i;
            }
        }

        return -1;
    }

    public Inlined Write(GraphQLVariable variable, InputType type, CanonicalText text)
    {
        var index = IndexOf(variable);
        if (index is < 0 or >= Most)
        {
            return Inlined.Misfit;
        }

        _used |= UInt128.One << index;
        var definition = Definitions[index];
        var declared = definition.Type;
        var start = text.Length;
        if (!type.Accepts(declared, definition.DefaultValue is not null and not GraphQLNullValue))
        {
            return Inlined.Misfit;
        }

        // A default is judged even where it is not needed.
        if (definition.DefaultValue is { } fallback && !LiteralWriter.TryWrite(text, fallback, type, declared))
        {
            return Inlined.Misfit;
        }

        if (ValueOf(definition) is { } value)
        {
            text.Rewind(start);
            return JsonInputWriter.TryWrite(text, value, type, declared) ? Inlined.Written : Inlined.Misfit;
        }

        return definition.DefaultValue is not null ? Inlined.Written
            : declared is GraphQLNonNullType ? Inlined.Misfit
            : Inlined.Absent;
    }

    /// <summary>Whether the value is certainly false. A variable that is not there may be anything.</summary>
    public bool IsFalse(GraphQLValue value)
    {
        if (value is not GraphQLVariable variable)
        {
            return value is GraphQLBooleanValue { BoolValue: false };
        }

        var definition = IndexOf(variable) is >= 0 and var index ? Definitions[index] : null;
        return definition is not null
            && (
                ValueOf(definition) is { } given
                    ? given.ValueKind == JsonValueKind.False
                    : definition.DefaultValue is GraphQLBooleanValue { BoolValue: false }
            );
    }
}
