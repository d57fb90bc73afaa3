using GraphQLParser;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.Tests.Usage;

/// <summary>The sandbox's own schema, as far as documents are composed from it.</summary>
internal sealed class UsageSchema
{
    private const int DeepestSelection = 4;
    private const int MostScalars = 5;

    private readonly Dictionary<string, GraphQLTypeDefinition> types;

    public UsageSchema()
    {
        using var reader = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("schema.graphqls")!);
        types = Parser
            .Parse(reader.ReadToEnd())
            .Definitions.OfType<GraphQLTypeDefinition>()
            .ToDictionary(type => type.Name.StringValue);
    }

    public GraphQLFieldDefinition FieldOf(string type, string field) =>
        FieldsOf(type).Single(candidate => candidate.Name.StringValue == field);

    public bool HasArgument(string type, string field, string argument) =>
        ArgumentOf(type, field, argument) is not null;

    public GraphQLType TypeOfArgument(string type, string field, string argument) =>
        ArgumentOf(type, field, argument)!.Type;

    public bool IsComposite(string type) =>
        types.GetValueOrDefault(type) is GraphQLObjectTypeDefinition or GraphQLUnionTypeDefinition;

    /// <summary>The names of an enum's values; none for any other type.</summary>
    public IReadOnlyList<string> ValuesOf(string type) =>
        types.GetValueOrDefault(type) is GraphQLEnumTypeDefinition found
            ? [.. found.Values!.Items.Select(value => value.Name.StringValue)]
            : [];

    /// <summary>What tells one object of the type from another: its id, else its plain members and what it holds.</summary>
    public string Identity(string type) => Identity(type, DeepestSelection);

    public static string Named(GraphQLType type) =>
        type switch
        {
            GraphQLNonNullType required => Named(required.Type),
            GraphQLListType list => Named(list.Type),
            GraphQLNamedType named => named.Name.StringValue,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

    private string Identity(string type, int depth)
    {
        if (types[type] is GraphQLUnionTypeDefinition union)
        {
            var members = union.Types!.Items.Select(member =>
                $"... on {member.Name.StringValue} {{ {Identity(member.Name.StringValue, 1)} }}"
            );
            return "__typename " + string.Join(' ', members);
        }

        var plain = FieldsOf(type)
            .Where(field => !IsComposite(Named(field.Type)))
            .Select(field => field.Name.StringValue)
            .ToList();
        if (plain.Contains("id") && !type.EndsWith("Edge", StringComparison.Ordinal))
        {
            return "id";
        }

        var inner = FieldsOf(type)
            .Where(field => depth > 1 && IsComposite(Named(field.Type)))
            .Select(field => $"{field.Name.StringValue} {{ {Identity(Named(field.Type), depth - 1)} }}");
        return string.Join(' ', plain.Take(MostScalars).Concat(inner).DefaultIfEmpty("__typename"));
    }

    private IEnumerable<GraphQLFieldDefinition> FieldsOf(string type) =>
        ((GraphQLObjectTypeDefinition)types[type]).Fields!.Items;

    private GraphQLInputValueDefinition? ArgumentOf(string type, string field, string argument) =>
        FieldOf(type, field).Arguments?.Items.FirstOrDefault(candidate => candidate.Name.StringValue == argument);
}
