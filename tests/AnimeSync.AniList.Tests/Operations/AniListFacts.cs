using System.Globalization;
using GraphQLParser;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Tests.Operations;

/// <summary>AniList's real schema, and how many public clients use which part of it.</summary>
internal static class AniListFacts
{
    private static readonly string _folder = Environment.GetEnvironmentVariable("ANILIST_FACTS_DIR")!;

    public static GraphQLDocument Schema { get; } = Parser.Parse(Read("schema.graphql"));

    public static IReadOnlyDictionary<string, GraphQLObjectTypeDefinition> Types { get; } =
        Schema.Definitions.OfType<GraphQLObjectTypeDefinition>().ToDictionary(type => type.Name.StringValue);

    public static HashSet<string> Leaves { get; } =
    [
        .. Schema
            .Definitions.Where(definition => definition is GraphQLScalarTypeDefinition or GraphQLEnumTypeDefinition)
            .Select(definition => ((INamedNode)definition).Name.StringValue),
    ];

    /// <summary>Fields as <c>Type.field</c>, arguments as <c>Type.field(argument)</c>, each with its description.</summary>
    public static IEnumerable<(string Coordinate, string Description)> Described() =>
        from type in Types.Values
        from field in type.Fields ?? Enumerable.Empty<GraphQLFieldDefinition>()
        let name = $"{type.Name}.{field.Name}"
        from described in (field.Arguments ?? Enumerable.Empty<GraphQLInputValueDefinition>())
            .Select(argument => ($"{name}({argument.Name})", Text(argument.Description)))
            .Prepend((name, Text(field.Description)))
        select described;

    public static IEnumerable<(string Coordinate, int Clients)> Usage() =>
        Read("field-usage.tsv")
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(row => (row[0], int.Parse(row[1], CultureInfo.InvariantCulture)));

    public static string Print(GraphQLType type) =>
        type switch
        {
            GraphQLNonNullType nonNull => Print(nonNull.Type) + "!",
            GraphQLListType list => $"[{Print(list.Type)}]",
            _ => ((GraphQLNamedType)type).Name.StringValue,
        };

    private static string Text(GraphQLDescription? description) => description?.Value.ToString() ?? "";

    private static string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));
}
