using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Reading activities and their replies. A private message is shown to the two it is between.</summary>
internal sealed class ActivityResolvers(CommunityMembers community)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.Activity"] = context =>
            Search(context).FirstOrDefault()?.ToFacts() ?? throw AniListError.NotFound();
        resolvers["Page.activities"] = context =>
            ((PageSlice)context.Source!).Take(Search(context)).ConvertAll(activity => activity.ToFacts());
        resolvers["Query.ActivityReply"] = context =>
            (
                context.GivenInt("id") is { } id
                && community.Posts.Find<ActivityReply>(id) is { } reply
                && IsVisible(context, reply.ActivityId)
                    ? reply.ToFacts()
                    : null
            ) ?? throw AniListError.NotFound();
        resolvers["Page.activityReplies"] = context =>
            ((PageSlice)context.Source!)
                .Take(
                    RepliesTo(context.GivenInt("activityId") ?? 0).Where(reply => IsVisible(context, reply.ActivityId))
                )
                .ConvertAll(reply => reply.ToFacts());
        foreach (var kind in (string[])["TextActivity", "ListActivity", "MessageActivity"])
        {
            resolvers[$"{kind}.replyCount"] = context => RepliesTo(IdOf(context)).Count();
            resolvers[$"{kind}.replies"] = context =>
                RepliesTo(IdOf(context)).Select(reply => reply.ToFacts()).ToList();
        }
    }

    private static int IdOf(IResolveFieldContext context) => (int)((Facts)context.Source!)["id"]!;

    private bool IsVisible(IResolveFieldContext context, int activityId) =>
        community.Posts.Find<Activity>(activityId)?.IsVisibleTo(Call.Of(context).Viewer?.Id) == true;

    private IEnumerable<ActivityReply> RepliesTo(int activityId) =>
        community.Posts.All<ActivityReply>().Where(reply => reply.ActivityId == activityId);

    private IEnumerable<Activity> Search(IResolveFieldContext context)
    {
        var viewer = Call.Of(context).Viewer?.Id;
        var found = community.Posts.All<Activity>().Where(activity => activity.IsVisibleTo(viewer));
        foreach (var (argument, value) in context.AllGiven())
        {
            var many = (value as IEnumerable<object?>)?.ToHashSet() ?? [];
            found = argument switch
            {
                "id" => found.Where(activity => activity.Id == (int)value),
                "userId" => found.Where(activity => (activity.RecipientId ?? activity.UserId) == (int)value),
                "userId_not" => found.Where(activity => activity.UserId != (int)value),
                "userId_in" => found.Where(activity => many.Contains(activity.UserId)),
                "messengerId" => found.Where(activity =>
                    activity.RecipientId is not null && activity.UserId == (int)value
                ),
                "mediaId" => found.Where(activity => activity.MediaId == (int)value),
                "type" => found.Where(activity => Is(activity, value)),
                "type_not" => found.Where(activity => !Is(activity, value)),
                "type_in" => found.Where(activity => many.Any(type => Is(activity, type))),
                "createdAt_lesser" => found.Where(activity => activity.CreatedAt < (int)value),
                "hasRepliesOrTypeText" when (bool)value => WithRepliesOrText(found),
                "isFollowing" when (bool)value => ByFollowed(found, viewer ?? throw AniListError.Unauthorized()),
                _ => found,
            };
        }

        return Ordering.By(
            found,
            context.GivenNames("sort"),
            // AniList has no PINNED_DESC: the pinned ones come first.
            (activity, name) => name == "PINNED" ? !activity.IsPinned : activity.Id
        );
    }

    private static bool Is(Activity activity, object? type) =>
        (string?)type == "MEDIA_LIST" ? activity.IsList : activity.Type == (string?)type;

    private IEnumerable<Activity> WithRepliesOrText(IEnumerable<Activity> activities)
    {
        var answered = community.Posts.All<ActivityReply>().Select(reply => reply.ActivityId).ToHashSet();
        return activities.Where(activity => activity.Type == "TEXT" || answered.Contains(activity.Id));
    }

    private IEnumerable<Activity> ByFollowed(IEnumerable<Activity> activities, int viewer)
    {
        var followed = community.Follows.FollowedBy(viewer);
        return activities.Where(activity => followed.Contains(activity.UserId));
    }
}
