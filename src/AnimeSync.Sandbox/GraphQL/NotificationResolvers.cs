using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>The viewer's notifications, and what each of them is about.</summary>
internal sealed class NotificationResolvers(MediaCatalogue catalogue, UserAccounts accounts, CommunityMembers community)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Page.notifications"] = Read;
        resolvers["User.unreadNotificationCount"] = context =>
            Call.Of(context).Viewer is { } viewer && viewer.Id == Number(context, "id")
                ? community.Notifications.CountUnread(viewer.Id)
                : null;

        // The same members in all twenty kinds are found by the same ids.
        foreach (var kind in NotificationKind.All.Select(kind => kind.TypeName))
        {
            resolvers[$"{kind}.user"] = context => User(Number(context, "userId"));
            resolvers[$"{kind}.activity"] = context => Find<Activity>(context, "activityId");
            resolvers[$"{kind}.message"] = context => Find<Activity>(context, "activityId");
            resolvers[$"{kind}.comment"] = context => Find<ThreadComment>(context, "commentId");
            resolvers[$"{kind}.thread"] = context => Find<ForumThread>(context, "threadId");
            resolvers[$"{kind}.media"] = context =>
                catalogue.Find(Number(context, "mediaId") + Number(context, "animeId"));
            resolvers[$"{kind}.staff"] = context => community.People.StaffMember(Number(context, "staffId"));
            resolvers[$"{kind}.character"] = context => community.People.Character(Number(context, "characterId"));
        }
    }

    private static int Number(IResolveFieldContext context, string name) =>
        ((Facts)context.Source!).GetValueOrDefault(name) as int? ?? 0;

    private Facts? User(int id) => accounts.Find(id)?.ToFacts(seenByOwner: false);

    private Facts? Find<T>(IResolveFieldContext context, string name)
        where T : Post => community.Posts.Find<T>(Number(context, name))?.ToFacts();

    private List<Facts> Read(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        IEnumerable<Notification> found = community.Notifications.Of(viewer.Id);
        if (context.Given<string>("type") is { } type)
        {
            found = found.Where(notification => notification.Kind.Type == type);
        }

        if (context.IsGiven("type_in"))
        {
            var types = context.GivenNames("type_in");
            found = found.Where(notification => types.Contains(notification.Kind.Type));
        }

        // What it is about may be gone; AniList does not tell of it then.
        var page = ((PageSlice)context.Source!).Take(found.Where(IsWhole)).ConvertAll(found => found.ToFacts());
        if (context.Given<bool>("resetNotificationCount"))
        {
            community.Notifications.MarkRead(viewer.Id);
        }

        return page;
    }

    private bool IsWhole(Notification notification) =>
        notification.Kind.Subject switch
        {
            "activityId" => community.Posts.Find<Activity>(notification.SubjectId!.Value) is not null,
            "commentId" => community.Posts.Find<ThreadComment>(notification.SubjectId!.Value) is not null,
            "threadId" => community.Posts.Find<ForumThread>(notification.SubjectId!.Value) is not null,
            "mediaId" or "animeId" => catalogue.Find(notification.SubjectId!.Value) is not null,
            _ => true,
        };
}
