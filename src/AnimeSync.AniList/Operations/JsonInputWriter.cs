using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>Writes a variable's value as the literal of the same value, and says whether it is of its types.</summary>
internal static class JsonInputWriter
{
    public static bool TryWrite(CanonicalText text, JsonElement value, InputType type, GraphQLType? declared)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return LiteralWriter.TryWriteNull(text, type, declared);
        }

        if (type.Item is { } item)
        {
            return TryWriteList(text, value, item, LiteralWriter.ItemOf(declared));
        }

        switch (type.Kind)
        {
            case InputKind.Int when value.ValueKind == JsonValueKind.Number:
                return TryWriteInt(text, JsonMarshal.GetRawUtf8Value(value));
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

    /// <summary>Half a surrogate pair has no value that could be written, and stays as it was given.</summary>
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

    private static bool TryWriteInt(CanonicalText text, ReadOnlySpan<byte> digits)
    {
        // A fraction or an exponent is left over, even where the number would be a whole one.
        var fits = Utf8Parser.TryParse(digits, out int number, out var length) && length == digits.Length;
        text.Write(number);
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

    private static bool TryWriteDate(CanonicalText text, JsonElement date)
    {
        var (fits, found) = (true, 0);
        text.Write("{"u8);
        foreach (var part in LiteralWriter.DateParts)
        {
            if (date.TryGetProperty(part, out var value))
            {
                LiteralWriter.WriteDatePart(text, part, isFirst: found++ == 0);
                fits &= TryWrite(text, value, InputType.Number, declared: null);
            }
        }

        text.Write("}"u8);
        return fits && found == date.GetPropertyCount();
    }

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
