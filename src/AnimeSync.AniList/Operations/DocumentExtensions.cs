using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

internal static class DocumentExtensions
{
    /// <summary>A document has few fragments: looking through them beats an index that must first be made.</summary>
    public static GraphQLFragmentDefinition? Find(this GraphQLDocument document, GraphQLFragmentSpread spread)
    {
        var name = spread.FragmentName.Name.Value.Span;
        foreach (var definition in document.Definitions)
        {
            if (
                definition is GraphQLFragmentDefinition fragment
                && fragment.FragmentName.Name.Value.Span.SequenceEqual(name)
            )
            {
                return fragment;
            }
        }

        return null;
    }

    /// <summary>AniList judges a document as a whole: one operation in it can be why another is refused.</summary>
    public static bool HasSeveralOperations(this GraphQLDocument document)
    {
        var count = 0;
        foreach (var definition in document.Definitions)
        {
            count += definition is GraphQLOperationDefinition ? 1 : 0;
        }

        return count > 1;
    }
}
