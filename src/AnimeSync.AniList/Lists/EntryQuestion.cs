using System.Text.Json.Nodes;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Lists;

/// <summary>Some of one user's titles, as many as one page gives out.</summary>
internal sealed record EntryQuestion(int UserId, IReadOnlyList<int> MediaIds)
{
    // Page, pageInfo, hasNextPage and mediaList besides the entry.
    private const int PartComplexity = ListDocuments.EntryComplexity + 4;

    public const int MostInOne = AliasedDocument.Complexity / PartComplexity;

    public IEnumerable<EntryKey> Keys => MediaIds.Select(mediaId => new EntryKey(UserId, mediaId));

    public static IEnumerable<EntryQuestion> For(IEnumerable<EntryKey> keys) =>
        from user in keys.Distinct().GroupBy(key => key.UserId, key => key.MediaId)
        from mediaIds in user.Chunk(ListDocuments.PerPage)
        select new EntryQuestion(user.Key, mediaIds);

    public static DirectRequest Write(IReadOnlyList<EntryQuestion> questions, Lane lane, ListOwner? owner)
    {
        var variables = new JsonObject();
        for (var i = 0; i < questions.Count; i++)
        {
            variables[$"user{i}"] = questions[i].UserId;
            variables[$"media{i}"] = ListReads.ArrayOf(questions[i].MediaIds);
        }

        return ListQuestion.Read(lane, owner, TextOf(questions), variables);
    }

    internal static string TextOf(IReadOnlyList<EntryQuestion> questions)
    {
        var declared = questions.Select((_, i) => $"$user{i}: Int, $media{i}: [Int]");
        return AliasedDocument.Write(
            $"query FindEntries({string.Join(", ", declared)})",
            questions.Select(
                (_, i) =>
                    $"Page(perPage: {ListDocuments.PerPage}) {{ pageInfo {{ hasNextPage }} "
                    + $"mediaList(userId: $user{i}, mediaId_in: $media{i}, type: ANIME) {{ ...Entry }} }}"
            ),
            ListDocuments.Entry
        );
    }
}
