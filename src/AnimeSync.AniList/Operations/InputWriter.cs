using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>
/// Writes a value as a literal, in one way however it was given, and says whether it is of its type. Where a variable
/// was declared, its own type is held to as well, which may be stricter.
/// </summary>
internal static class InputWriter
{
    private static readonly string[] _dateParts = ["day", "month", "year"];

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
                var isInt = int.TryParse(
                    number.Value.Span,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var parsed
                );
                text.Write(parsed);
                return isInt;
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

    public static bool TryWrite(CanonicalText text, JsonElement value, InputType type, GraphQLType? declared)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return TryWriteNull(text, type, declared);
        }

        if (type.Item is { } item)
        {
            return TryWriteList(text, value, item, ItemOf(declared));
        }

        switch (type.Kind)
        {
            case InputKind.Int when value.ValueKind == JsonValueKind.Number:
                var digits = JsonMarshal.GetRawUtf8Value(value);
                // A fraction or an exponent is left over, even where the number would be a whole one.
                var isInt = Utf8Parser.TryParse(digits, out int number, out var read) && read == digits.Length;
                text.Write(number);
                return isInt;
            case InputKind.Float when value.ValueKind == JsonValueKind.Number:
                text.Write(JsonMarshal.GetRawUtf8Value(value));
                return true;
            case InputKind.Text when value.ValueKind == JsonValueKind.String:
                return TryWriteString(text, value);
            case InputKind.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                text.Write(value.ValueKind == JsonValueKind.True ? "true"u8 : "false"u8);
                return true;
            case InputKind.Enum when value.ValueKind == JsonValueKind.String:
                var name = JsonMarshal.GetRawUtf8Value(value)[1..^1];
                text.Write(name);
                return IsEnumName(name);
            case InputKind.FuzzyDate when value.ValueKind == JsonValueKind.Object:
                return TryWriteDate(text, value);
            default:
                return false;
        }
    }

    /// <summary>As the literal of the same value. Half a surrogate pair has no value, and stays as it was written.</summary>
    public static bool TryWriteString(CanonicalText text, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (!raw.Contains((byte)'\\'))
        {
            text.Write(raw);
            return true;
        }

        try
        {
            return text.TryWriteString(value.GetString());
        }
        catch (InvalidOperationException)
        {
            text.Write(raw);
            return false;
        }
    }

    private static bool TryWriteNull(CanonicalText text, InputType type, GraphQLType? declared)
    {
        text.Write("null"u8);
        return !type.IsRequired && declared is not GraphQLNonNullType;
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

    private static bool TryWriteList(CanonicalText text, JsonElement value, InputType item, GraphQLType? declared)
    {
        var fits = true;
        text.Write("["u8);
        if (value.ValueKind != JsonValueKind.Array)
        {
            fits = TryWrite(text, value, item, declared);
        }
        else
        {
            var isFirst = true;
            foreach (var element in value.EnumerateArray())
            {
                text.Write(isFirst ? ""u8 : ","u8);
                fits &= TryWrite(text, element, item, declared);
                isFirst = false;
            }
        }

        text.Write("]"u8);
        return fits;
    }

    private static bool TryWriteDate(CanonicalText text, GraphQLObjectValue date)
    {
        var (fits, found) = (true, 0);
        text.Write("{"u8);
        foreach (var part in _dateParts)
        {
            foreach (var field in date.Fields ?? [])
            {
                if (field.Name.Value.Span.SequenceEqual(part))
                {
                    WritePartName(text, part, isFirst: found++ == 0);
                    fits &= TryWrite(text, field.Value, InputType.Number, null);
                }
            }
        }

        text.Write("}"u8);
        return fits && found == (date.Fields?.Count ?? 0) && found <= _dateParts.Length;
    }

    private static bool TryWriteDate(CanonicalText text, JsonElement date)
    {
        var (fits, found) = (true, 0);
        text.Write("{"u8);
        foreach (var part in _dateParts)
        {
            if (date.TryGetProperty(part, out var value))
            {
                WritePartName(text, part, isFirst: found++ == 0);
                fits &= TryWrite(text, value, InputType.Number, null);
            }
        }

        text.Write("}"u8);
        return fits && found == date.GetPropertyCount();
    }

    private static void WritePartName(CanonicalText text, string part, bool isFirst)
    {
        text.Write(isFirst ? ""u8 : ","u8);
        text.Write(part);
        text.Write(":"u8);
    }

    private static GraphQLType? ItemOf(GraphQLType? declared) =>
        ((declared is GraphQLNonNullType nonNull ? nonNull.Type : declared) as GraphQLListType)?.Type;

    /// <summary>The three words that GraphQL reads as something else are no names of enum values.</summary>
    private static bool IsEnumName(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit((char)text[0]))
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character != '_')
            {
                return false;
            }
        }

        return !text.SequenceEqual("true"u8) && !text.SequenceEqual("false"u8) && !text.SequenceEqual("null"u8);
    }
}
