using GraphQLParser;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>What the sandbox needs to know about an operation before it runs.</summary>
internal sealed record OperationShape(
    string? Name,
    OperationType Type,
    IReadOnlyList<string> RootFields,
    IReadOnlyList<string> RootKeys,
    Location FirstField,
    int Complexity
)
{
    /// <summary>Clients' measurements of AniList fit one point for each selected field, with fragments expanded.</summary>
    public const int MostComplex = 500;

    public static OperationShape? Of(GraphQLDocument document, string? operationName)
    {
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>();
        var operation = string.IsNullOrEmpty(operationName)
            ? operations.FirstOrDefault()
            : operations.FirstOrDefault(candidate => candidate.Name?.StringValue == operationName);
        if (operation is null)
        {
            return null;
        }

        var fragments = new Dictionary<string, GraphQLFragmentDefinition>();
        foreach (var fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
        {
            fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment);
        }

        var roots = new List<GraphQLField>();
        CollectRoots(operation.SelectionSet, fragments, roots, []);
        return new(
            operation.Name?.StringValue,
            operation.Operation,
            [.. roots.Select(field => field.Name.StringValue).Distinct()],
            [.. roots.Select(field => (field.Alias?.Name ?? field.Name).StringValue).Distinct()],
            roots.Count == 0 ? default : Location.FromLinearPosition(document.Source, roots[0].Location.Start),
            new ComplexityCount(fragments).Of(operation.SelectionSet)
        );
    }

    private static void CollectRoots(
        GraphQLSelectionSet selections,
        Dictionary<string, GraphQLFragmentDefinition> fragments,
        List<GraphQLField> roots,
        HashSet<string> seen
    )
    {
        foreach (var selection in selections.Selections)
        {
            if (selection is GraphQLField field)
            {
                roots.Add(field);
            }
            else if (selection is GraphQLInlineFragment inline)
            {
                CollectRoots(inline.SelectionSet, fragments, roots, seen);
            }
            else if (
                selection is GraphQLFragmentSpread spread
                && fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment)
                && seen.Add(spread.FragmentName.Name.StringValue)
            )
            {
                CollectRoots(fragment.SelectionSet, fragments, roots, seen);
            }
        }
    }
}
