using System.Collections.Concurrent;
using System.Text.Json;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>What one place of a query asks of an object; laid out for each type that stands there.</summary>
internal sealed class SelectionPlan(QueryPlan query, IReadOnlyList<GraphQLSelectionSet> selections)
{
    private readonly ConcurrentDictionary<IObjectGraphType, PlannedField[]> byType = new();

    public PlannedField[] Of(IObjectGraphType type) =>
        byType.TryGetValue(type, out var known) ? known : byType.GetOrAdd(type, Plan);

    private PlannedField[] Plan(IObjectGraphType type) =>
        [.. query.Collect(selections, type).Select(field => new PlannedField(query, type, field.Key, field.Value))];
}

/// <summary>One field of a selection with everything about it that is the same for every request.</summary>
internal sealed class PlannedField
{
    private readonly (string Name, IGraphType Type, GraphQLValue Value)[] passed = [];
    private readonly Dictionary<string, ArgumentValue>? constants;

    public PlannedField(QueryPlan query, IObjectGraphType type, string key, List<GraphQLField> asked)
    {
        Key = JsonEncodedText.Encode(key);
        Ast = asked[0];
        ParentType = type;
        if (Ast.Name.StringValue == "__typename")
        {
            return;
        }

        Definition = type.Fields.Find(Ast.Name.Value)!;
        Member = Definition.Resolver as MemberResolver;
        Special = Definition.Resolver as SpecialResolver;
        // Asked for twice under one key, it is answered once with what both selected.
        var below = asked.Select(field => field.SelectionSet).OfType<GraphQLSelectionSet>().ToList();
        Children = below.Count > 0 ? new(query, below) : null;
        passed =
        [
            .. (Ast.Arguments ?? Enumerable.Empty<GraphQLArgument>()).Select(argument =>
                (
                    argument.Name.StringValue,
                    Definition.Arguments!.Find(argument.Name.Value)!.ResolvedType!,
                    argument.Value
                )
            ),
        ];
        constants = passed.Any(argument => HasVariable(argument.Value)) ? null : Read(Variables.None);
    }

    public JsonEncodedText Key { get; }

    public GraphQLField Ast { get; }

    public IObjectGraphType ParentType { get; }

    /// <summary>Null for __typename, which every object has and no type defines.</summary>
    public FieldType? Definition { get; }

    public MemberResolver? Member { get; }

    public SpecialResolver? Special { get; }

    public SelectionPlan? Children { get; }

    /// <summary>What the caller passed. The schema has no default values, so there is nothing to add.</summary>
    public Dictionary<string, ArgumentValue> Arguments(Variables variables) => constants ?? Read(variables);

    private Dictionary<string, ArgumentValue> Read(Variables variables)
    {
        var values = new Dictionary<string, ArgumentValue>(passed.Length);
        foreach (var (name, type, value) in passed)
        {
            values[name] = ExecutionHelper.CoerceValue(type, value, variables, null);
        }

        return values;
    }

    private static bool HasVariable(GraphQLValue value) =>
        value switch
        {
            GraphQLVariable => true,
            GraphQLListValue list => list.Values?.Any(HasVariable) ?? false,
            GraphQLObjectValue fields => fields.Fields?.Any(field => HasVariable(field.Value)) ?? false,
            _ => false,
        };
}
