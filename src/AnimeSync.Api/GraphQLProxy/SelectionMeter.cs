using System.Globalization;
using GraphQLParser.AST;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>
/// Counts what an operation selects, each fragment once however often it is spread, and notes the first thing that is
/// not acceptable.
/// </summary>
internal sealed class SelectionMeter(Dictionary<string, GraphQLFragmentDefinition> fragments, bool allowIntrospection)
{
    public static readonly GraphQLRefusal PageRefusal = GraphQLRefusal.Rejected(
        "page and perPage must be whole numbers from 0 to 5000."
    );

    // Far above the limit and far below an overflow, however many of these are added up.
    private const int Saturated = 1_000_000;

    private readonly Dictionary<string, Shape?> _measured = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pageVariables = new(StringComparer.Ordinal);
    private int _nesting;
    private int _aliases;
    private int _directives;

    private readonly record struct Shape(int Cost, int Depth);

    public GraphQLRefusal? Refusal { get; private set; }

    public int MeasuredFragments => _measured.Count;

    /// <summary>Variables that stand for a page number or size.</summary>
    public IReadOnlyCollection<string> PageVariables => _pageVariables;

    public int Measure(GraphQLOperationDefinition operation)
    {
        if (operation.Directives?.Items is { Count: > 0 })
        {
            Refuse("Directives belong to selections.");
        }

        if (operation.Variables?.Items is { } variables)
        {
            Limit(variables.Count, GraphQLLimits.Variables, "variables");
            foreach (var variable in variables)
            {
                Check(variable.Variable.Name.StringValue, variable.DefaultValue);
                if (variable.Directives?.Items is { Count: > 0 })
                {
                    Refuse("Directives belong to selections.");
                }
            }
        }

        var shape = Measure(operation.SelectionSet);
        // Only now is it known which variables stand for a page; fragments that other operations share included.
        foreach (var variable in operation.Variables?.Items ?? [])
        {
            if (_pageVariables.Contains(variable.Variable.Name.StringValue))
            {
                Check("page", variable.DefaultValue);
            }
        }

        Limit(shape.Depth, GraphQLLimits.Depth, "fields inside each other");
        Limit(shape.Cost, GraphQLLimits.Complexity, "selected fields");
        return shape.Cost;
    }

    private Shape Measure(GraphQLSelectionSet? set)
    {
        if (set is null || Refusal is not null)
        {
            return default;
        }

        _nesting++;
        Limit(_nesting, GraphQLLimits.Nesting, "selections inside each other");
        var (cost, depth) = (0, 0);
        foreach (var selection in set.Selections)
        {
            CheckDirectives((selection as IHasDirectivesNode)?.Directives);
            var shape = selection switch
            {
                GraphQLField field => Measure(field),
                GraphQLInlineFragment inline => Measure(inline.SelectionSet),
                GraphQLFragmentSpread spread => MeasureFragment(spread.FragmentName.Name.StringValue),
                _ => default,
            };
            cost = Math.Min(cost + shape.Cost, Saturated);
            depth = Math.Max(depth, shape.Depth);
            if (Refusal is not null)
            {
                break;
            }
        }

        _nesting--;
        return new(cost, depth);
    }

    private Shape Measure(GraphQLField field)
    {
        var name = field.Name.StringValue;
        if (!allowIntrospection && name.StartsWith("__", StringComparison.Ordinal) && name != "__typename")
        {
            Refusal ??= GraphQLRefusal.NotAllowed("Introspection is not available.");
        }

        if (field.Alias is not null)
        {
            Limit(++_aliases, GraphQLLimits.Aliases, "aliases");
        }

        foreach (var argument in field.Arguments?.Items ?? [])
        {
            Check(argument.Name.StringValue, argument.Value);
        }

        var inner = Measure(field.SelectionSet);
        return new(inner.Cost + 1, inner.Depth + 1);
    }

    private Shape MeasureFragment(string name)
    {
        if (_measured.TryGetValue(name, out var known))
        {
            // Without a shape yet, its own measuring has led back to it.
            return known ?? Refuse("A fragment contains itself.");
        }

        if (!fragments.TryGetValue(name, out var fragment))
        {
            return Refuse("A fragment is not defined.");
        }

        _measured[name] = null;
        if (fragment.Directives?.Items is { Count: > 0 })
        {
            Refuse("Directives belong to selections.");
        }

        var shape = Measure(fragment.SelectionSet);
        _measured[name] = shape;
        return shape;
    }

    private void CheckDirectives(GraphQLDirectives? directives)
    {
        if (directives?.Items is not { Count: > 0 } items)
        {
            return;
        }

        _directives += items.Count;
        Limit(_directives, GraphQLLimits.Directives, "directives");
        Limit(items.Count, GraphQLLimits.DirectivesPerSelection, "directives on one selection");
        if (items.Exists(directive => directive.Name.StringValue is not ("include" or "skip")))
        {
            Refuse("Only the directives include and skip are known.");
        }
    }

    /// <summary>GraphQL's Int has 32 bits. The parser has bounded how deep a value can be.</summary>
    private void Check(string name, GraphQLValue? value)
    {
        var isPage = name is "page" or "perPage";
        switch (value)
        {
            case GraphQLIntValue number:
                var fits = int.TryParse(
                    number.Value.Span,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var parsed
                );
                if (isPage && !(fits && parsed is >= 0 and <= GraphQLLimits.Page))
                {
                    Refusal ??= PageRefusal;
                }
                else if (!fits)
                {
                    Refuse("A whole number is out of range.");
                }

                break;
            case GraphQLVariable variable when isPage:
                _pageVariables.Add(variable.Name.StringValue);
                break;
            case GraphQLListValue list:
                list.Values?.ForEach(item => Check(string.Empty, item));
                break;
            case GraphQLObjectValue fields:
                fields.Fields?.ForEach(field => Check(string.Empty, field.Value));
                break;
        }
    }

    private void Limit(int count, int most, string what)
    {
        if (count > most)
        {
            Refusal ??= GraphQLRefusal.TooMany(what, most);
        }
    }

    private Shape Refuse(string refusal)
    {
        Refusal ??= GraphQLRefusal.Rejected(refusal);
        return default;
    }
}
