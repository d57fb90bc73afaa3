using System.Text.Json;
using System.Text.Json.Nodes;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Lists;

/// <summary>What changed last on several public lists, each asked for by itself in one document.</summary>
internal sealed class ChangesOfEach(AniListGateway gateway, TimeProvider clock, Lane lane)
{
    // Page, pageInfo, hasNextPage and mediaList besides the entry.
    public const int MostInOne =
        AliasedDocument.Complexity / (ListDocuments.EntryComplexity + ListDocuments.MediaComplexity + 4);

    private readonly Queue<IReadOnlyList<int>> _waiting = new();
    private readonly List<ChangesPage> _pages = [];

    public async Task<ListAnswer<ChangesPage>> ReadAsync(
        IReadOnlyCollection<int> userIds,
        int page,
        CancellationToken cancellationToken
    )
    {
        var time = new AnswerTime(clock.GetUtcNow(), null);
        foreach (var group in userIds.Distinct().Chunk(MostInOne))
        {
            _waiting.Enqueue(group);
        }

        while (_waiting.TryDequeue(out var users))
        {
            using var answer = (await gateway.SendAsync(Write(users, page), cancellationToken))!;
            time = new(clock.GetUtcNow(), answer.Date);
            using var parts = AliasedAnswer.Read(answer.Body);
            var without = Enumerable
                .Range(0, users.Count)
                .Where(i => !TryRead(parts?.DataOf(i), users[i], page))
                .ToList();
            if (without.Count == 0)
            {
                continue;
            }

            if (parts is not { IsRefusal: true })
            {
                return new(null, answer.Failure ?? AniListFailure.Broken, answer.RetryAfter, time);
            }

            // Whose list is refused has no entries, as in a question for many.
            foreach (var indexes in parts.Judge(without).Again)
            {
                _waiting.Enqueue([.. indexes.Select(i => users[i])]);
            }
        }

        return new(ChangesPage.Merge(_pages), null, null, time);
    }

    internal static string TextOf(int users) =>
        AliasedDocument.Write(
            $"query ListChangesOfEach($page: Int, {string.Join(", ", Enumerable.Range(0, users).Select(i => $"$user{i}: Int"))})",
            Enumerable
                .Range(0, users)
                .Select(i =>
                    $"Page(page: $page, perPage: {ListDocuments.PerPage}) {{ pageInfo {{ hasNextPage }} "
                    + $"mediaList(userId: $user{i}, type: ANIME, sort: [UPDATED_TIME_DESC]) {{ ...Entry ...Title }} }}"
                ),
            $"{ListDocuments.Entry}\n{ListDocuments.Media}"
        );

    private DirectRequest Write(IReadOnlyList<int> users, int page)
    {
        var variables = new JsonObject { ["page"] = page };
        for (var i = 0; i < users.Count; i++)
        {
            variables[$"user{i}"] = users[i];
        }

        return ListQuestion.Read(lane, null, TextOf(users.Count), variables);
    }

    private bool TryRead(JsonElement? data, int userId, int number)
    {
        try
        {
            if (data is not { } page)
            {
                return false;
            }

            var read = ChangesPage.Read(page, number, asOwner: false);
            if (read.Found.Entries.Any(entry => entry.UserId != userId))
            {
                return false;
            }

            _pages.Add(read);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
