using System.Globalization;
using GraphQL.Types;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Anything; AniList only ever answers with it.</summary>
internal sealed class JsonScalar : ScalarGraphType
{
    public JsonScalar() => Name = "Json";

    public override object? ParseLiteral(GraphQLValue value) => ThrowLiteralConversionError(value);

    public override object? ParseValue(object? value) => value;
}

/// <summary>Two letters such as JP.</summary>
internal sealed class CountryCodeScalar : ScalarGraphType
{
    public CountryCodeScalar() => Name = "CountryCode";

    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLNullValue => null,
            GraphQLStringValue text => text.Value.ToString(),
            _ => ThrowLiteralConversionError(value),
        };

    public override object? ParseValue(object? value) =>
        value is null or string ? value : ThrowValueConversionError(value);
}

/// <summary>YYYYMMDD as a number; clients also send it as text.</summary>
internal sealed class FuzzyDateIntScalar : ScalarGraphType
{
    public FuzzyDateIntScalar() => Name = "FuzzyDateInt";

    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLNullValue => null,
            GraphQLIntValue number when TryParse(number.Value.ToString(), out var date) => date,
            GraphQLStringValue text when TryParse(text.Value.ToString(), out var date) => date,
            _ => ThrowLiteralConversionError(value),
        };

    public override object? ParseValue(object? value) =>
        value switch
        {
            null or int => value,
            string text when TryParse(text, out var date) => date,
            _ => ThrowValueConversionError(value),
        };

    private static bool TryParse(string text, out int date) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out date);
}
