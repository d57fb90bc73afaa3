using GraphQLParser.AST;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Counts selected fields as AniList does: one each, fragments expanded where they are spread.</summary>
internal sealed class ComplexityCount(Dictionary<string, GraphQLFragmentDefinition> fragments)
{
    // Fragments that double at every level would be walked for ages; nothing real comes near.
    private const int MostSteps = 100_000;

    private readonly HashSet<string> open = [];
    private int steps;
    private int fields;

    public int Of(GraphQLSelectionSet selections)
    {
        Walk(selections);
        return fields;
    }

    private void Walk(GraphQLSelectionSet? selections)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (++steps > MostSteps)
            {
                // More than any limit, so that the document is refused.
                fields = Math.Max(fields, MostSteps);
                return;
            }

            if (selection is GraphQLField field)
            {
                fields++;
                Walk(field.SelectionSet);
            }
            else if (selection is GraphQLInlineFragment inline)
            {
                Walk(inline.SelectionSet);
            }
            else if (selection is GraphQLFragmentSpread spread)
            {
                Expand(spread.FragmentName.Name.StringValue);
            }
        }
    }

    private void Expand(string name)
    {
        // A fragment inside itself is for validation to refuse.
        if (fragments.TryGetValue(name, out var fragment) && open.Add(name))
        {
            Walk(fragment.SelectionSet);
            open.Remove(name);
        }
    }
}
