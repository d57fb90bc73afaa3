using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Everything about people and what users say to each other, as one part of the schema.</summary>
internal sealed class CommunityResolvers(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    UserLists lists,
    CommunityMembers community,
    TimeProvider clock
)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        new PeopleResolvers(catalogue, lists, community.People, clock).AddTo(resolvers);
        new PostResolvers(catalogue, accounts, community, clock).AddTo(resolvers);
        new ActivityResolvers(community).AddTo(resolvers);
        new ActivityMutations(community, accounts, clock).AddTo(resolvers);
        new ForumResolvers(catalogue, accounts, community, clock).AddTo(resolvers);
        new ReviewResolvers(catalogue, community, clock).AddTo(resolvers);
        new RecommendationResolvers(catalogue, accounts, lists, community, clock).AddTo(resolvers);
        new NotificationResolvers(catalogue, accounts, community).AddTo(resolvers);
        new SiteStatisticsResolvers(catalogue, accounts, lists, community, clock).AddTo(resolvers);
        if (resolvers.TryGetValue("Mutation.SaveMediaListEntry", out var save))
        {
            resolvers["Mutation.SaveMediaListEntry"] = context => SaveAndTell(context, save);
        }
    }

    // The list does not know of activities; what it was before is looked up here, so the two stay apart.
    private object? SaveAndTell(IResolveFieldContext context, Func<IResolveFieldContext, object?> save)
    {
        var viewer = Call.Of(context).Viewer;
        var before =
            context.GivenInt("id") is { } id ? lists.Find(id)
            : viewer is not null && context.GivenInt("mediaId") is { } mediaId ? lists.Find(viewer.Id, mediaId)
            : null;
        var saved = save(context);
        if (viewer is not null && saved is Facts facts && facts.GetValueOrDefault("entry") is ListEntry after)
        {
            community.ListActivities.Record(viewer, before, after, (int)clock.GetUtcNow().ToUnixTimeSeconds());
        }

        return saved;
    }
}
