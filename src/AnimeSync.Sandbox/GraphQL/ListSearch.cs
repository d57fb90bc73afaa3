using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Finds the entries that a field's arguments ask for and its caller may see.</summary>
internal sealed class ListSearch(MediaCatalogue catalogue, UserAccounts accounts, UserLists lists, Follows follows)
{
    public IEnumerable<ListEntry> Find(IResolveFieldContext context)
    {
        var viewer = Call.Of(context).Viewer?.Id;
        var hidden = accounts
            .All.Where(user => user.IsPrivate && user.Id != viewer)
            .Select(user => user.Id)
            .ToHashSet();
        var found = Candidates(context, OwnerOf(context)?.Id)
            .Where(entry => (!entry.Private || entry.UserId == viewer) && !hidden.Contains(entry.UserId));
        foreach (var (argument, value) in context.AllGiven())
        {
            found = Filter(found, argument, value, viewer);
        }

        return found;
    }

    /// <summary>Whose list is asked for, if it is one user's; 404 for an unknown name and for a stranger's private list.</summary>
    public SandboxUser? OwnerOf(IResolveFieldContext context)
    {
        var owner =
            context.GivenInt("userId") is { } id ? accounts.Find(id)
            : context.Given<string>("userName") is { } name ? accounts.Find(name) ?? throw AniListError.NotFound()
            : null;
        return owner?.IsPrivate == true && owner.Id != Call.Of(context).Viewer?.Id
            ? throw AniListError.PrivateUser()
            : owner;
    }

    // The narrowest index the arguments allow, in the order they ask for.
    private IEnumerable<ListEntry> Candidates(IResolveFieldContext context, int? owner)
    {
        var sorts = context.GivenNames("sort");
        if (context.GivenInt("id") is { } entryId)
        {
            return lists.Find(entryId) is { } entry ? [entry] : [];
        }

        var wantedMedia = context.GivenInt("mediaId") is { } mediaId
            ? [mediaId]
            : context.Given<IEnumerable<object?>>("mediaId_in")?.OfType<int>().Distinct().ToList();
        if (wantedMedia is not null)
        {
            var users = owner is { } one ? [one] : accounts.All.Select(user => user.Id);
            var found = users.SelectMany(user => wantedMedia.Select(media => lists.Find(user, media)));
            return Ordering.By(found.OfType<ListEntry>().OrderBy(entry => entry.Id), sorts, SortKey);
        }

        var snapshot = owner is { } user ? lists.SnapshotOf(user) : lists.SnapshotOfAll();
        return snapshot.InOrder(sorts, SortKey);
    }

    private IEnumerable<ListEntry> Filter(IEnumerable<ListEntry> found, string argument, object value, int? viewer)
    {
        var many = (value as IEnumerable<object?>)?.ToHashSet() ?? [];
        return argument switch
        {
            "mediaId_not_in" => found.Where(entry => !many.Contains(entry.MediaId)),
            "userId_in" => found.Where(entry => many.Contains(entry.UserId)),
            "status" => found.Where(entry => entry.Status == (string)value),
            "status_not" => found.Where(entry => entry.Status != (string)value),
            "status_in" => found.Where(entry => many.Contains(entry.Status)),
            "status_not_in" => found.Where(entry => !many.Contains(entry.Status)),
            "type" => found.Where(entry => (string?)catalogue.Find(entry.MediaId)?["type"] == (string)value),
            "isFollowing" => FollowedBy(found, viewer, (bool)value),
            // An entry's own id may come with its owner or title, which then must agree.
            "userId" => found.Where(entry => entry.UserId == (int)value),
            "mediaId" => found.Where(entry => entry.MediaId == (int)value),
            "mediaId_in" => found.Where(entry => many.Contains(entry.MediaId)),
            _ => found,
        };
    }

    private IEnumerable<ListEntry> FollowedBy(IEnumerable<ListEntry> found, int? viewer, bool wanted)
    {
        var followed = viewer is { } id ? follows.FollowedBy(id) : new HashSet<int>();
        return found.Where(entry => followed.Contains(entry.UserId) == wanted);
    }

    private object? SortKey(ListEntry entry, string name) =>
        name switch
        {
            "MEDIA_ID" => entry.MediaId,
            "SCORE" => entry.Score,
            "STATUS" => entry.Status,
            "PROGRESS" => entry.Progress,
            "PROGRESS_VOLUMES" => entry.ProgressVolumes,
            "REPEAT" => entry.Repeat,
            "PRIORITY" => entry.Priority,
            "STARTED_ON" => MediaCatalogue.FuzzyNumber(entry.StartedAt),
            "FINISHED_ON" => MediaCatalogue.FuzzyNumber(entry.CompletedAt),
            "ADDED_TIME" => entry.CreatedAt,
            "UPDATED_TIME" => entry.UpdatedAt,
            _ => catalogue.Find(entry.MediaId) is { } media
                ? MediaFilter.SortKey(media, name["MEDIA_".Length..])
                : null,
        };
}
