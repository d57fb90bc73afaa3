using System.Text.Json;
using AnimeSync.AniList.Operations;
using GraphQLParser;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Tests.Operations;

/// <summary>What the service would make of a text, asked the way it asks.</summary>
internal static class Asking
{
    private static readonly ParserOptions _parsing = new() { Ignore = IgnoreOptions.All, MaxDepth = 128 };

    public static AniListOperation Read(string text, string? variables = null) => Read(text, Json(variables));

    public static AniListOperation Read(string text, JsonElement? variables) => Read(Parse(text), variables);

    public static AniListOperation Read(GraphQLDocument document, JsonElement? variables) =>
        OperationReader.Read(document, Asked(document), variables);

    public static FoldableOperation? Fold(string text, string? variables = null) => Fold(text, Json(variables));

    public static FoldableOperation? Fold(string text, JsonElement? variables) => Fold(Parse(text), variables);

    public static FoldableOperation? Fold(GraphQLDocument document, JsonElement? variables) =>
        OperationReader.ReadFoldable(document, Asked(document), variables);

    public static GraphQLDocument Parse(string text) => Parser.Parse(text, _parsing);

    private static JsonElement? Json(string? variables) =>
        variables is null ? null : JsonDocument.Parse(variables).RootElement;

    private static GraphQLOperationDefinition Asked(GraphQLDocument document)
    {
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        return operations.Find(operation => operation.Name?.Value == "Asked") ?? operations[0];
    }
}
