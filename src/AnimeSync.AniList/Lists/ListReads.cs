using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Lists;

/// <summary>
/// Reads anime lists as they are at AniList now, past everything kept. What AniList does is told, never thrown. The
/// background lane unless the caller says otherwise.
/// </summary>
public sealed class ListReads(AniListGateway gateway, TimeProvider clock)
{
    // As many as AniList takes in one filter.
    private const int MostUsers = 10_000;

    private volatile bool _isEachAlone;

    /// <summary>As many titles as one page gives out.</summary>
    public const int MostFavourites = ListDocuments.PerPage;

    /// <summary>Lists whose changes one request shows.</summary>
    public int UsersAtOnce => _isEachAlone ? ChangesOfEach.MostInOne : MostUsers;

    /// <summary>A walk through somebody's whole list, private entries included.</summary>
    public ListPull Pull(ListOwner owner, Lane lane = Lane.Background) => new(this, owner, lane);

    /// <summary>
    /// What changed last on the public lists of many: one page, the newest first. Asked without any token. When AniList
    /// does not know such a question after all, this fails with <see cref="AniListFailure.Rejected"/> and
    /// <see cref="UsersAtOnce"/> is less from then on.
    /// </summary>
    /// <param name="userIds">AniList's, at most <see cref="UsersAtOnce"/>. Somebody who hides the list just has no entries.</param>
    /// <param name="page">From 1 to <see cref="ChangesPage.Deepest"/>.</param>
    public async Task<ListAnswer<ChangesPage>> ReadChangesAsync(
        IReadOnlyCollection<int> userIds,
        int page,
        CancellationToken cancellationToken,
        Lane lane = Lane.Background
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(userIds.Count, MostUsers);
        Check(page);
        if (_isEachAlone && userIds.Count <= UsersAtOnce)
        {
            return await new ChangesOfEach(gateway, clock, lane).ReadAsync(userIds, page, cancellationToken);
        }

        var asked = userIds.ToHashSet();
        var variables = new JsonObject { ["userIds"] = ArrayOf(asked), ["page"] = page };
        var answer = await AskAsync(
            ListQuestion.Read(lane, null, ListDocuments.ChangesOfMany, variables),
            data => data.Member("Page") is { } found ? ChangesPage.Read(found, page, asOwner: false) : null,
            cancellationToken,
            refused: () => _isEachAlone = true
        );
        if (answer.Value?.Found.Entries.All(entry => asked.Contains(entry.UserId)) != false)
        {
            return answer;
        }

        // A filter that AniList does not heed shows everybody's.
        _isEachAlone = true;
        return new(null, AniListFailure.Rejected, null, answer.Time);
    }

    /// <summary>The same of one list with its owner's token, so with private entries.</summary>
    public Task<ListAnswer<ChangesPage>> ReadChangesAsync(
        ListOwner owner,
        int page,
        CancellationToken cancellationToken,
        Lane lane = Lane.Background
    )
    {
        Check(page);
        var variables = new JsonObject { ["userId"] = owner.UserId, ["page"] = page };
        return AskAsync(
            ListQuestion.Read(lane, owner, ListDocuments.ChangesOfOne, variables),
            data =>
                data.Member("Page") is { } found
                && ChangesPage.Read(found, page, asOwner: true) is var changes
                && changes.Found.Entries.All(entry => entry.UserId == owner.UserId)
                    ? changes
                    : null,
            cancellationToken
        );
    }

    /// <summary>Whether AniList holds these entries of public lists, and what. Asked without any token.</summary>
    public Task<FoundEntries> FindAsync(
        IEnumerable<EntryKey> keys,
        CancellationToken cancellationToken,
        Lane lane = Lane.Background
    ) => new EntrySearch(gateway, clock, lane, owner: null).FindAsync(keys, cancellationToken);

    /// <summary>The same of one list with its owner's token, so with private entries.</summary>
    public Task<FoundEntries> FindAsync(
        ListOwner owner,
        IEnumerable<int> mediaIds,
        CancellationToken cancellationToken,
        Lane lane = Lane.Background
    ) =>
        new EntrySearch(gateway, clock, lane, owner).FindAsync(
            mediaIds.Select(mediaId => new EntryKey(owner.UserId, mediaId)),
            cancellationToken
        );

    /// <summary>How the owner of a token keeps lists, and who that is.</summary>
    public Task<ListAnswer<ListOptions>> ReadOptionsAsync(
        ListOwner owner,
        CancellationToken cancellationToken,
        Lane lane = Lane.Background
    ) =>
        AskAsync(
            ListQuestion.Read(lane, owner, ListDocuments.Options, []),
            data => data.Member("Viewer") is { } viewer ? ListOptions.Read(viewer) : null,
            cancellationToken
        );

    /// <summary>Which of these titles the owner of the token has marked. One that AniList does not know is in neither.</summary>
    /// <param name="mediaIds">At most <see cref="MostFavourites"/>.</param>
    public Task<ListAnswer<IReadOnlyDictionary<int, bool>>> ReadFavouritesAsync(
        ListOwner owner,
        IReadOnlyCollection<int> mediaIds,
        CancellationToken cancellationToken,
        Lane lane = Lane.Background
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mediaIds.Count, MostFavourites);
        return AskAsync<IReadOnlyDictionary<int, bool>>(
            ListQuestion.Read(lane, owner, ListDocuments.Favourites, new() { ["ids"] = ArrayOf(mediaIds) }),
            ReadMarks,
            cancellationToken
        );
    }

    internal async Task<ListAnswer<T>> AskAsync<T>(
        DirectRequest request,
        Func<JsonElement, T?> read,
        CancellationToken cancellationToken,
        Action? tooMuch = null,
        Action? refused = null
    )
        where T : class
    {
        // A read always has something to send.
        using var answer = (await gateway.SendAsync(request, cancellationToken))!;
        var time = new AnswerTime(clock.GetUtcNow(), answer.Date);
        if (answer.Failure is { } failure)
        {
            if (answer.MayBeTooMuch)
            {
                tooMuch?.Invoke();
            }

            if (answer is { Failure: AniListFailure.Rejected, StatusCode: HttpStatusCode.BadRequest })
            {
                refused?.Invoke();
            }

            return new(null, failure, answer.RetryAfter, time);
        }

        return ListQuestion.ReadData(answer.Body, read) is { } value
            ? new(value, null, null, time)
            : new(null, AniListFailure.Broken, null, time);
    }

    internal static JsonArray ArrayOf(IEnumerable<int> numbers) =>
        new([.. numbers.Select(number => (JsonNode)JsonValue.Create(number))]);

    private static Dictionary<int, bool>? ReadMarks(JsonElement data)
    {
        var marks = new Dictionary<int, bool>();
        foreach (var media in data.Member("Page")?.Items("media") ?? throw RemoteJson.Wrong("Page"))
        {
            if (media.Count("id") is { } id && media.Flag("isFavourite") is { } isFavourite)
            {
                marks[id] = isFavourite;
            }
        }

        return marks;
    }

    private static void Check(int page)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page, ChangesPage.Deepest);
    }
}
