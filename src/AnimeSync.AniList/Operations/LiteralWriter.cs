using System.Globalization;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>
/// Writes a literal of the document in one way, and says whether it is of its type. A variable's default is held to the
/// variable's own type as well, which may be stricter.
/// </summary>
internal static class LiteralWriter
{
    public static readonly string[] DateParts = ["day", "month", "year"];

    public static bool TryWrite(CanonicalText text, GraphQLValue value, InputType type, GraphQLType? declared)
    {
        if (value is GraphQLNullValue)
        {
            return TryWriteNull(text, type, declared);
        }

        if (type.Item is { } item)
        {
            return TryWriteList(text, value, item, ItemOf(declared));
        }

        switch (type.Kind)
        {
            case InputKind.Int when value is GraphQLIntValue number:
                return TryWriteInt(text, number.Value.Span);
            case InputKind.Float when value is GraphQLIntValue whole:
                text.Write(whole.Value.Span);
                return true;
            case InputKind.Float when value is GraphQLFloatValue number:
                text.Write(number.Value.Span);
                return true;
            case InputKind.Text when value is GraphQLStringValue words:
                return text.TryWriteString(words.Value.Span);
            case InputKind.Boolean when value is GraphQLBooleanValue condition:
                text.Write(condition.BoolValue ? "true"u8 : "false"u8);
                return true;
            case InputKind.Enum when value is GraphQLEnumValue constant:
                text.Write(constant.Name.Value.Span);
                return true;
            case InputKind.FuzzyDate when value is GraphQLObjectValue date:
                return TryWriteDate(text, date);
            default:
                return false;
        }
    }

    public static bool TryWriteNull(CanonicalText text, InputType type, GraphQLType? declared)
    {
        text.Write("null"u8);
        return !type.IsRequired && declared is not GraphQLNonNullType;
    }

    public static void WriteDatePart(CanonicalText text, string part, bool isFirst)
    {
        text.Write(isFirst ? ""u8 : ","u8);
        text.Write(part);
        text.Write(":"u8);
    }

    public static GraphQLType? ItemOf(GraphQLType? declared) =>
        ((declared is GraphQLNonNullType nonNull ? nonNull.Type : declared) as GraphQLListType)?.Type;

    private static bool TryWriteInt(CanonicalText text, ReadOnlySpan<char> digits)
    {
        var fits = int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        text.Write(number);
        return fits;
    }

    /// <summary>A single value where a list is expected is a list of one.</summary>
    private static bool TryWriteList(CanonicalText text, GraphQLValue value, InputType item, GraphQLType? declared)
    {
        var fits = true;
        text.Write("["u8);
        if (value is not GraphQLListValue list)
        {
            fits = TryWrite(text, value, item, declared);
        }
        else if (list.Values is { } values)
        {
            for (var i = 0; i < values.Count; i++)
            {
                text.Write(i == 0 ? ""u8 : ","u8);
                fits &= TryWrite(text, values[i], item, declared);
            }
        }

        text.Write("]"u8);
        return fits;
    }

    private static bool TryWriteDate(CanonicalText text, GraphQLObjectValue date)
    {
        var (fits, found) = (true, 0);
        text.Write("{"u8);
        foreach (var part in DateParts)
        {
            var before = found;
            foreach (var field in date.Fields ?? [])
            {
                if (field.Name.Value.Span.SequenceEqual(part))
                {
                    WriteDatePart(text, part, isFirst: found++ == 0);
                    fits &= TryWrite(text, field.Value, InputType.Number, declared: null);
                }
            }

            fits &= found - before < 2;
        }

        text.Write("}"u8);
        return fits && found == (date.Fields?.Count ?? 0);
    }
}
