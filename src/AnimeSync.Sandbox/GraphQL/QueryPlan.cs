using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>
/// A validated query, laid out once so that each request only resolves and writes. The general executer does the same
/// work anew for every request, which is most of what a simple query costs.
/// </summary>
internal sealed class QueryPlan
{
    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments = [];

    private QueryPlan(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        (Schema, Document, Operation) = (schema, document, operation);
        foreach (var fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
        {
            fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment);
        }

        Root = new(this, [operation.SelectionSet]);
    }

    public ISchema Schema { get; }

    public GraphQLDocument Document { get; }

    public GraphQLOperationDefinition Operation { get; }

    public SelectionPlan Root { get; }

    /// <summary>A plan for what asks plainly; null for mutations, directives, introspection and what is ambiguous.</summary>
    public static QueryPlan? For(ISchema schema, GraphQLRequest request, GraphQLDocument document, OperationShape shape)
    {
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        var plain =
            shape.Type == OperationType.Query
            && !request.Query.Contains('@')
            && !shape.RootFields.Any(field => field.StartsWith("__", StringComparison.Ordinal))
            && (operations.Count == 1 || !string.IsNullOrEmpty(request.OperationName));
        return plain
            ? new(schema, document, operations.First(operation => operation.Name?.StringValue == shape.Name))
            : null;
    }

    public async Task<IValidationResult> ValidateAsync(Inputs variables, CancellationToken cancellationToken) =>
        await new DocumentValidator().ValidateAsync(
            new ValidationOptions
            {
                Schema = Schema,
                Document = Document,
                Operation = Operation,
                Rules = AniListValidation.Rules,
                Variables = variables,
                CancellationToken = cancellationToken,
            }
        );

    /// <summary>The request's variables by their types; what is as plain as it can be needs no validation context.</summary>
    public async ValueTask<(Variables Values, List<ValidationError>? Errors)> ReadVariablesAsync(
        Inputs given,
        CancellationToken cancellationToken
    ) =>
        ReadPlainly(given) is { } plain
            ? (plain, null)
            : await new ValidationContext
            {
                Schema = Schema,
                Document = Document,
                Operation = Operation,
                Variables = given,
                CancellationToken = cancellationToken,
            }.GetVariablesValuesAsync();

    private Variables? ReadPlainly(Inputs given)
    {
        if (Operation.Variables is not { Count: > 0 } definitions)
        {
            return Variables.None;
        }

        var values = new Variables();
        foreach (var definition in definitions)
        {
            var type = (definition.Type as GraphQLNonNullType)?.Type ?? definition.Type;
            given.TryGetValue(definition.Variable.Name.StringValue, out var value);
            if (
                (type as GraphQLNamedType)?.Name.StringValue is not { } name
                || (name, value) is not ("Int", int) and not ("String", string)
            )
            {
                return null;
            }

            values.Add(new(definition.Variable.Name.StringValue, definition) { Value = value });
        }

        return values;
    }

    /// <summary>The fields that an object of this type is asked for, by their keys in the answer.</summary>
    public Dictionary<string, List<GraphQLField>> Collect(
        IReadOnlyList<GraphQLSelectionSet> selections,
        IObjectGraphType type
    )
    {
        var fields = new Dictionary<string, List<GraphQLField>>();
        foreach (var selection in selections)
        {
            Collect(selection, type, fields);
        }

        return fields;
    }

    private void Collect(
        GraphQLSelectionSet selections,
        IObjectGraphType type,
        Dictionary<string, List<GraphQLField>> fields
    )
    {
        foreach (var selection in selections.Selections)
        {
            if (selection is GraphQLField field)
            {
                var key = (field.Alias?.Name ?? field.Name).StringValue;
                if (!fields.TryGetValue(key, out var same))
                {
                    fields[key] = same = [];
                }

                same.Add(field);
            }
            else if (selection is GraphQLInlineFragment inline && AppliesTo(inline.TypeCondition, type))
            {
                Collect(inline.SelectionSet, type, fields);
            }
            else if (
                selection is GraphQLFragmentSpread spread
                && fragments[spread.FragmentName.Name.StringValue] is var fragment
                && AppliesTo(fragment.TypeCondition, type)
            )
            {
                Collect(fragment.SelectionSet, type, fields);
            }
        }
    }

    private bool AppliesTo(GraphQLTypeCondition? condition, IObjectGraphType type) =>
        condition?.Type.Name.StringValue is not { } name
        || name == type.Name
        || (Schema.AllTypes[name] is UnionGraphType union && union.PossibleTypes.Contains(type));
}
