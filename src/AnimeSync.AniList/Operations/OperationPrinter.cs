using System.Runtime.CompilerServices;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>
/// Writes an operation in one way whatever its layout, without knowing AniList's schema: fragments in place, arguments
/// sorted, and the variables behind it. Two operations with one text are one question, however wrong it may be.
/// </summary>
internal sealed class OperationPrinter(GraphQLDocument document, OperationVariables variables, CanonicalText text)
{
    /// <summary>Whether anything in it, skipped or not, resets the caller's unread notifications.</summary>
    public bool HasSideEffects { get; private set; }

    public void Print(GraphQLOperationDefinition operation)
    {
        text.Write((int)operation.Operation);
        Print(operation.Directives);
        Print(operation.SelectionSet);
        PrintVariables();
    }

    public void PrintVariables()
    {
        var sorted = variables.Definitions.ToArray();
        Array.Sort(sorted, static (one, other) => Compare(one.Variable.Name, other.Variable.Name));
        foreach (var definition in sorted)
        {
            text.Write("$"u8);
            text.Write(definition.Variable.Name.Value.Span);
            text.Write(":"u8);
            LiteralPrinter.Print(text, definition.Type);
            text.Write("="u8);
            LiteralPrinter.Print(text, definition.DefaultValue);
            Print(definition.Directives);
            text.Write("="u8);
            if (variables.ValueOf(definition) is { } value)
            {
                CanonicalJson.Write(text, value);
            }
        }
    }

    private void Print(GraphQLSelectionSet set)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        text.Write("{"u8);
        foreach (var selection in set.Selections)
        {
            text.Separate();
            switch (selection)
            {
                case GraphQLField field:
                    Print(field);
                    break;
                case GraphQLInlineFragment inline:
                    PrintFragment(inline.TypeCondition, inline.Directives, inline.SelectionSet);
                    break;
                case GraphQLFragmentSpread spread when document.Find(spread) is { } fragment:
                    PrintFragment(fragment.TypeCondition, spread.Directives, fragment.SelectionSet);
                    Print(fragment.Directives);
                    break;
                case GraphQLFragmentSpread spread:
                    text.Write("..."u8);
                    text.Write(spread.FragmentName.Name.Value.Span);
                    Print(spread.Directives);
                    break;
            }
        }

        text.Write("}"u8);
    }

    private void PrintFragment(GraphQLTypeCondition? on, GraphQLDirectives? directives, GraphQLSelectionSet set)
    {
        text.Write("... on "u8);
        text.Write(on is null ? default : on.Type.Name.Value.Span);
        Print(directives);
        Print(set);
    }

    private void Print(GraphQLField field)
    {
        if (field.Alias is { } alias)
        {
            text.Write(alias.Name.Value.Span);
            text.Write(":"u8);
        }

        text.Write(field.Name.Value.Span);
        Print(field.Arguments);
        Print(field.Directives);
        if (field.SelectionSet is { } set)
        {
            Print(set);
        }
    }

    private void Print(GraphQLArguments? arguments)
    {
        if (arguments is not { Count: > 0 })
        {
            return;
        }

        var sorted = arguments.Items;
        if (sorted.Count > 1)
        {
            sorted = [.. sorted];
            sorted.Sort(static (one, other) => Compare(one.Name, other.Name));
        }

        text.Write("("u8);
        foreach (var argument in sorted)
        {
            HasSideEffects |=
                argument.Name.Value.Span is "resetNotificationCount" && !variables.IsFalse(argument.Value);
            text.Write(argument.Name.Value.Span);
            text.Write(":"u8);
            LiteralPrinter.Print(text, argument.Value);
            text.Write(","u8);
        }

        text.Write(")"u8);
    }

    private void Print(GraphQLDirectives? directives)
    {
        for (var i = 0; i < directives?.Count; i++)
        {
            text.Write("@"u8);
            text.Write(directives[i].Name.Value.Span);
            Print(directives[i].Arguments);
        }
    }

    private static int Compare(GraphQLName one, GraphQLName other) =>
        one.Value.Span.SequenceCompareTo(other.Value.Span);
}
