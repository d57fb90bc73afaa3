using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

internal enum InputKind
{
    Int,
    Float,
    Text,
    Boolean,
    Enum,
    FuzzyDate,
    List,
}

/// <summary>The type of an argument as AniList's schema has it.</summary>
internal sealed record InputType(string Name, InputKind Kind, bool IsRequired, InputType? Item = null)
{
    public static readonly InputType Condition = new("Boolean", InputKind.Boolean, IsRequired: true);
    public static readonly InputType Number = new("Int", InputKind.Int, IsRequired: false);

    public static InputKind KindOf(ReadOnlySpan<char> name) =>
        name switch
        {
            "Int" or "FuzzyDateInt" => InputKind.Int,
            "Float" => InputKind.Float,
            "String" or "CountryCode" => InputKind.Text,
            "Boolean" => InputKind.Boolean,
            "FuzzyDateInput" => InputKind.FuzzyDate,
            _ => InputKind.Enum,
        };

    /// <summary>Whether a variable so declared may stand here. GraphQL makes no list of a single variable.</summary>
    /// <param name="isNeverNull">A default that is not null makes up for a missing exclamation mark.</param>
    public bool Accepts(GraphQLType declared, bool isNeverNull)
    {
        if (declared is GraphQLNonNullType nonNull)
        {
            declared = nonNull.Type;
        }
        else if (IsRequired && !isNeverNull)
        {
            return false;
        }

        return declared switch
        {
            GraphQLListType list => Item is not null && Item.Accepts(list.Type, isNeverNull: false),
            GraphQLNamedType named => Item is null && named.Name.Value.Span.SequenceEqual(Name),
            _ => false,
        };
    }

    public override string ToString() => (Item is null ? Name : $"[{Item}]") + (IsRequired ? "!" : "");
}
