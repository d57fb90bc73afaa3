using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>Writes types and literals as they are, without knowing what they should be.</summary>
internal static class LiteralPrinter
{
    public static void Print(CanonicalText text, GraphQLType type)
    {
        switch (type)
        {
            case GraphQLNonNullType nonNull:
                Print(text, nonNull.Type);
                text.Write("!"u8);
                break;
            case GraphQLListType list:
                text.Write("["u8);
                Print(text, list.Type);
                text.Write("]"u8);
                break;
            case GraphQLNamedType named:
                text.Write(named.Name.Value.Span);
                break;
        }
    }

    public static void Print(CanonicalText text, GraphQLValue? value)
    {
        switch (value)
        {
            case GraphQLVariable variable:
                text.Write("$"u8);
                text.Write(variable.Name.Value.Span);
                break;
            case GraphQLIntValue number:
                text.Write(number.Value.Span);
                break;
            case GraphQLFloatValue number:
                text.Write(number.Value.Span);
                break;
            case GraphQLStringValue words:
                text.TryWriteString(words.Value.Span);
                break;
            case GraphQLBooleanValue condition:
                text.Write(condition.BoolValue ? "true"u8 : "false"u8);
                break;
            case GraphQLNullValue:
                text.Write("null"u8);
                break;
            case GraphQLEnumValue constant:
                text.Write(constant.Name.Value.Span);
                break;
            case GraphQLListValue list:
                text.Write("["u8);
                foreach (var item in list.Values ?? [])
                {
                    Print(text, item);
                    text.Write(","u8);
                }

                text.Write("]"u8);
                break;
            case GraphQLObjectValue fields:
                text.Write("{"u8);
                foreach (var field in fields.Fields ?? [])
                {
                    text.Write(field.Name.Value.Span);
                    text.Write(":"u8);
                    Print(text, field.Value);
                    text.Write(","u8);
                }

                text.Write("}"u8);
                break;
        }
    }
}
