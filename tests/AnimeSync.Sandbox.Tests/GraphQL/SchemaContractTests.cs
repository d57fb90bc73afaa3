using GraphQLParser;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.Tests.GraphQL;

[Trait("Needs", "anilist-facts")]
public sealed class SchemaContractTests
{
    private readonly Dictionary<string, ASTNode> ours = Types(OwnSchema());
    private readonly Dictionary<string, ASTNode> theirs = Types(
        File.ReadAllText(Path.Combine(AniListFacts.Folder, "schema.graphql"))
    );

    [Fact]
    public void Every_type_is_one_of_AniLists() => Assert.Empty(ours.Keys.Except(theirs.Keys));

    [Fact]
    public void Every_field_and_argument_has_AniLists_name_type_and_nullability() =>
        Assert.Empty(
            ours.SelectMany(type => Members(type.Key, type.Value))
                .Except(theirs.SelectMany(type => Members(type.Key, type.Value)))
        );

    [Fact]
    public void The_comparison_sees_fields_arguments_inputs_and_enum_values()
    {
        var members = ours.SelectMany(type => Members(type.Key, type.Value)).ToHashSet();

        Assert.Contains("Media.id: Int!", members);
        Assert.Contains("Query.Media(id_in: [Int])", members);
        Assert.Contains("FuzzyDateInput.year: Int", members);
        Assert.Contains("MediaStatus.HIATUS", members);
    }

    private static string OwnSchema()
    {
        using var reader = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("schema.graphqls")!);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, ASTNode> Types(string schema) =>
        Parser
            .Parse(schema)
            .Definitions.OfType<GraphQLTypeDefinition>()
            .ToDictionary(type => type.Name.StringValue, type => (ASTNode)type);

    private static IEnumerable<string> Members(string type, ASTNode node) =>
        node switch
        {
            GraphQLObjectTypeDefinition found => (found.Fields?.Items ?? []).SelectMany(field => Members(type, field)),
            GraphQLInputObjectTypeDefinition found => (found.Fields?.Items ?? []).Select(field =>
                $"{type}.{field.Name.StringValue}: {Spell(field.Type)}"
            ),
            GraphQLEnumTypeDefinition found => (found.Values?.Items ?? []).Select(value =>
                $"{type}.{value.Name.StringValue}"
            ),
            _ => [type],
        };

    private static IEnumerable<string> Members(string type, GraphQLFieldDefinition field) =>
        [
            $"{type}.{field.Name.StringValue}: {Spell(field.Type)}",
            .. (field.Arguments?.Items ?? []).Select(argument =>
                $"{type}.{field.Name.StringValue}({argument.Name.StringValue}: {Spell(argument.Type)})"
            ),
        ];

    private static string Spell(GraphQLType type) =>
        type switch
        {
            GraphQLNonNullType required => Spell(required.Type) + "!",
            GraphQLListType list => $"[{Spell(list.Type)}]",
            GraphQLNamedType named => named.Name.StringValue,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
}
