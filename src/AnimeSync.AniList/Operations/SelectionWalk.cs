using System.Runtime.CompilerServices;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>
/// Goes through an operation once, checks every selection against an allow-list and writes it out on the way: fragments
/// and variables in place, nothing left of what is skipped.
/// </summary>
internal sealed class SelectionWalk(GraphQLDocument document, OperationVariables variables, CanonicalText text)
{
    private readonly ArgumentWriter _arguments = new(variables, text);
    private bool _isWhole = !document.HasSeveralOperations();

    private readonly record struct Position(int Length, int Roots, int Complexity, AnswerKind Kind);

    /// <summary>False when something is not as GraphQL wants it: what is written is then worth nothing.</summary>
    public bool Fits => _isWhole && _arguments.Fit && variables.AreAllUsed && !text.IsOverlong && !Roots.HasTwins(text);

    public RootMarks Roots { get; } = new();

    public AnswerKind Kind { get; private set; }

    public int Complexity { get; private set; }

    /// <returns>False when something is not on the list, or not what the list takes it for.</returns>
    public bool TryWalk(GraphQLOperationDefinition operation, TypeRule root) =>
        operation.Directives is not { Count: > 0 }
        && !variables.HaveDirectives
        && TryWalk(operation.SelectionSet, root, isRoot: true);

    private bool TryWalk(GraphQLSelectionSet set, TypeRule type, bool isRoot)
    {
        var start = text.Length;
        text.Write("{"u8);
        if (!TryWalkSelections(set, type, isRoot))
        {
            return false;
        }

        // When everything is skipped, AniList's answer has no form that could be relied on.
        _isWhole &= text.Length > start + 1;
        text.Write("}"u8);
        return true;
    }

    private bool TryWalkSelections(GraphQLSelectionSet set, TypeRule type, bool isRoot)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            var before = new Position(text.Length, Roots.Count, Complexity, Kind);
            if (
                !TryWalk(selection, type, isRoot)
                || !_arguments.TryRead(((IHasDirectivesNode)selection).Directives, out var isSkipped)
            )
            {
                return false;
            }

            if (isSkipped)
            {
                text.Rewind(before.Length);
                Roots.Rewind(before.Roots);
                (Complexity, Kind) = (before.Complexity, before.Kind);
            }
        }

        return true;
    }

    private bool TryWalk(ASTNode selection, TypeRule type, bool isRoot) =>
        selection switch
        {
            GraphQLField field => TryWalkField(field, type, isRoot),
            GraphQLInlineFragment inline => TryWalkFragment(inline.TypeCondition, inline.SelectionSet, type, isRoot),
            GraphQLFragmentSpread spread => document.Find(spread) is { Directives: not { Count: > 0 } } fragment
                && TryWalkFragment(fragment.TypeCondition, fragment.SelectionSet, type, isRoot),
            _ => false,
        };

    /// <summary>Every listed type is an object type, so a fragment is on its own type or can never apply.</summary>
    private bool TryWalkFragment(GraphQLTypeCondition? on, GraphQLSelectionSet set, TypeRule type, bool isRoot) =>
        (on is null || on.Type.Name.Value.Span.SequenceEqual(type.Name)) && TryWalkSelections(set, type, isRoot);

    private bool TryWalkField(GraphQLField field, TypeRule type, bool isRoot)
    {
        var name = field.Name.Value.Span;
        var rule = name is "__typename" ? FieldRule.TypeName : type.Find(name);
        if (rule is null || rule.Type is null != field.SelectionSet is null)
        {
            return false;
        }

        text.Separate();
        var start = text.Length;
        // An alias that is the name says nothing.
        if (field.Alias is { } alias && !alias.Name.Value.Span.SequenceEqual(name))
        {
            text.Write(alias.Name.Value.Span);
            text.Write(":"u8);
        }

        var written = text.Length;
        text.Write(rule.Utf8Name);
        if (!_arguments.TryWrite(field.Arguments, rule))
        {
            return false;
        }

        var (selection, complexity) = (text.Length, Complexity++);
        Kind = rule.Kind > Kind ? rule.Kind : Kind;
        if (rule.Type is { } inner && field.SelectionSet is { } set && !TryWalk(set, inner, isRoot: false))
        {
            return false;
        }

        if (isRoot)
        {
            var nameLength = written > start ? written - start - 1 : rule.Utf8Name.Length;
            Roots.Add(new(start, nameLength, written, selection, text.Length, Complexity - complexity));
        }

        return true;
    }
}
