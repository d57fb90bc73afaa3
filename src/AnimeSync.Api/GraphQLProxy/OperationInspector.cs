using System.Globalization;
using System.Text.Json;
using AnimeSync.AniList.Operations;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>
/// Judges a document by its own text, without a schema: size, shape, and what it would do. What is not valid for AniList
/// is for AniList to say.
/// </summary>
internal sealed class OperationInspector
{
    // The AniList token is full access to the account, so a client gets the list and nothing else.
    private static readonly HashSet<string> _mutations =
    [
        "SaveMediaListEntry",
        "UpdateMediaListEntries",
        "DeleteMediaListEntry",
        "ToggleFavourite",
    ];

    private static readonly ParserOptions _parsing = new() { Ignore = IgnoreOptions.All, MaxDepth = 128 };

    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = new(StringComparer.Ordinal);
    private readonly SelectionMeter _meter;

    private OperationInspector(bool allowIntrospection)
    {
        _meter = new(_fragments, allowIntrospection);
    }

    public static GraphQLRefusal? TryInspect(
        SentOperation sent,
        bool allowIntrospection,
        out CheckedOperation operation
    )
    {
        operation = null!;
        return TryParse(sent.Query, out var document)
            ?? new OperationInspector(allowIntrospection).Inspect(document, sent, out operation);
    }

    public static GraphQLRefusal? TryParse(string query, out GraphQLDocument document)
    {
        document = null!;
        try
        {
            document = Parser.Parse(query, _parsing);
            return null;
        }
        catch (GraphQLParserException exception)
        {
            // Too deep is one of these; the parser counts while it reads, before its own stack is in danger.
            return GraphQLRefusal.Rejected(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The document cannot be read at line {exception.Location.Line}, column {exception.Location.Column}."
                )
            );
        }
        catch (IndexOutOfRangeException)
        {
            // How the parser (9.5.1) fails at a syntax error that follows a lone carriage return.
            return GraphQLRefusal.Rejected("The document cannot be read.");
        }
    }

    /// <summary>For an operation that has passed.</summary>
    public static FoldableOperation? Fold(SentOperation sent)
    {
        var document = Parser.Parse(sent.Query, _parsing);
        return
            Choose([.. document.Definitions.OfType<GraphQLOperationDefinition>()], sent.OperationName, out var chosen)
                is null
            ? OperationReader.ReadFoldable(document, chosen, sent.Variables)
            : null;
    }

    private GraphQLRefusal? Inspect(GraphQLDocument document, SentOperation sent, out CheckedOperation operation)
    {
        operation = null!;
        var operations = new List<GraphQLOperationDefinition>();
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLOperationDefinition found)
            {
                operations.Add(found);
            }
            else if (definition is not GraphQLFragmentDefinition fragment)
            {
                return GraphQLRefusal.Rejected("Only operations and fragments can be sent.");
            }
            else if (!_fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment))
            {
                return GraphQLRefusal.Rejected("Two fragments have the same name.");
            }
        }

        if (_fragments.Count > GraphQLLimits.Fragments)
        {
            return GraphQLRefusal.TooMany("fragments", GraphQLLimits.Fragments);
        }

        var cost = 0;
        var refusal =
            Choose(operations, sent.OperationName, out var chosen)
            ?? Measure(operations, chosen, ref cost)
            ?? RefuseMutations(operations)
            ?? RefusePages(sent.Variables);
        operation = refusal is null ? new(cost, OperationReader.Read(document, chosen, sent.Variables)) : null!;
        return refusal;
    }

    private static GraphQLRefusal? Choose(
        List<GraphQLOperationDefinition> operations,
        string? name,
        out GraphQLOperationDefinition chosen
    )
    {
        chosen = null!;
        if (operations.Count is 0 or > GraphQLLimits.Operations)
        {
            return GraphQLRefusal.Rejected("The document must hold between one and ten operations.");
        }

        // Every operation is judged, not only the one that is named: a document must not carry what may not be sent.
        if (operations.Exists(operation => operation.Operation == OperationType.Subscription))
        {
            return GraphQLRefusal.NotAllowed("Subscriptions are not supported.");
        }

        var names = operations.Select(operation => operation.Name?.StringValue).ToList();
        if (names.Distinct().Count() != names.Count || (names.Count > 1 && names.Contains(null)))
        {
            return GraphQLRefusal.Rejected("Several operations need different names.");
        }

        if (string.IsNullOrEmpty(name) && operations.Count > 1)
        {
            return GraphQLRefusal.Rejected("Several operations need an operationName.");
        }

        var at = string.IsNullOrEmpty(name) ? 0 : names.IndexOf(name);
        if (at < 0)
        {
            return GraphQLRefusal.Rejected("No operation has this operationName.");
        }

        chosen = operations[at];
        return null;
    }

    private GraphQLRefusal? Measure(
        List<GraphQLOperationDefinition> operations,
        GraphQLOperationDefinition chosen,
        ref int cost
    )
    {
        foreach (var operation in operations)
        {
            var measured = _meter.Measure(operation);
            cost = operation == chosen ? measured : cost;
        }

        return _meter.Refusal
            ?? (
                _meter.MeasuredFragments != _fragments.Count ? GraphQLRefusal.Rejected("A fragment is not used.") : null
            );
    }

    private GraphQLRefusal? RefuseMutations(List<GraphQLOperationDefinition> operations) =>
        operations
            .Where(operation => operation.Operation == OperationType.Mutation)
            .SelectMany(operation => RootFields(operation.SelectionSet))
            .All(name => name == "__typename" || _mutations.Contains(name))
            ? null
            : GraphQLRefusal.NotAllowed("Only list entries and favourites can be changed through this endpoint.");

    /// <summary>Fragments cannot be cyclic any more here, and the nesting is bounded.</summary>
    private IEnumerable<string> RootFields(GraphQLSelectionSet selections)
    {
        var pending = new Stack<GraphQLSelectionSet>([selections]);
        var visited = new HashSet<GraphQLSelectionSet>();
        while (pending.TryPop(out var set))
        {
            if (!visited.Add(set))
            {
                continue;
            }

            foreach (var selection in set.Selections)
            {
                switch (selection)
                {
                    case GraphQLField field:
                        yield return field.Name.StringValue;
                        break;
                    case GraphQLInlineFragment inline:
                        pending.Push(inline.SelectionSet);
                        break;
                    case GraphQLFragmentSpread spread:
                        pending.Push(_fragments[spread.FragmentName.Name.StringValue].SelectionSet);
                        break;
                }
            }
        }
    }

    private GraphQLRefusal? RefusePages(JsonElement? variables)
    {
        if (variables is not { } given)
        {
            return null;
        }

        foreach (var name in _meter.PageVariables)
        {
            var isTooLarge =
                given.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.Number
                && !(value.TryGetInt32(out var number) && number is >= 0 and <= GraphQLLimits.Page);
            if (isTooLarge)
            {
                return SelectionMeter.PageRefusal;
            }
        }

        return null;
    }
}
