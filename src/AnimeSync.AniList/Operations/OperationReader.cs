using System.Text.Json;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>
/// Judges what a client asks of AniList: for whom the answer is, which other spellings ask the same, and what can be
/// asked together with others. Documents must be small and their fragments defined and free of cycles.
/// </summary>
public static class OperationReader
{
    // The first letter of each text, so that one sort's key is never another's.
    private const string Public = "p";
    private const string Exact = "x";
    private const string OfCaller = "c";
    private const string Verbatim = "v";

    public static AniListOperation Read(
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        JsonElement? variables
    )
    {
        using var text = new CanonicalText();
        var values = new OperationVariables(operation.Variables, variables);
        if (operation.Operation == OperationType.Query)
        {
            text.Write(Public);
            var walk = new SelectionWalk(document, values, text);
            if (walk.TryWalk(operation, PublicSelections.Query))
            {
                var key = walk.Fits ? OperationKey.Of(text.Written) : Print(Exact, document, operation, values).Key;
                return new(key, IsPublic: true, IsMutation: false, HasSideEffects: false, walk.Kind);
            }
        }

        var isMutation = operation.Operation == OperationType.Mutation;
        var (own, resets) = Print(OfCaller, document, operation, values);
        return new(own, IsPublic: false, isMutation, HasSideEffects: isMutation || resets, AnswerKind.Airing);
    }

    /// <summary>Null when it cannot be folded.</summary>
    public static FoldableOperation? ReadFoldable(
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        JsonElement? variables
    )
    {
        var isMutation = operation.Operation == OperationType.Mutation;
        if (!isMutation && operation.Operation != OperationType.Query)
        {
            return null;
        }

        using var text = new CanonicalText();
        var walk = new SelectionWalk(document, new OperationVariables(operation.Variables, variables), text);
        if (!walk.TryWalk(operation, isMutation ? OwnListSelections.Mutation : PublicSelections.Query) || !walk.Fits)
        {
            return null;
        }

        var fields = walk.Roots.FieldsOf(text);
        return isMutation && Array.Exists(fields, field => field.Text == FieldRule.TypeName.Name)
            ? null
            : new(fields, walk.Complexity, isMutation);
    }

    private static (OperationKey Key, bool HasSideEffects) Print(
        string sort,
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        OperationVariables values
    )
    {
        using var text = new CanonicalText();
        text.Write(sort);
        var printer = new OperationPrinter(document, values, text);
        printer.Print(operation);
        return (
            text.IsOverlong || document.HasSeveralOperations()
                ? KeyOfSource(sort, document, operation, values)
                : OperationKey.Of(text.Written),
            printer.HasSideEffects
        );
    }

    /// <summary>
    /// Written out it would be too long, or only a part of what AniList judges: what was sent is the key then, layout
    /// and all.
    /// </summary>
    private static OperationKey KeyOfSource(
        string sort,
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        OperationVariables values
    )
    {
        using var text = new CanonicalText(int.MaxValue);
        text.Write(Verbatim);
        text.Write(sort);
        text.Write(operation.Name is null ? default : operation.Name.Value.Span);
        text.Write(" "u8);
        text.TryWriteString(document.Source.Span);
        new OperationPrinter(document, values, text).PrintVariables();
        return OperationKey.Of(text.Written);
    }
}
