using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Writing activities, messages and replies, and removing one's own.</summary>
internal sealed class ActivityMutations(CommunityMembers community, UserAccounts accounts, TimeProvider clock)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Mutation.SaveTextActivity"] = SaveText;
        resolvers["Mutation.SaveMessageActivity"] = SaveMessage;
        resolvers["Mutation.DeleteActivity"] = DeleteActivity;
        resolvers["Mutation.ToggleActivityPin"] = Pin;
        resolvers["Mutation.ToggleActivitySubscription"] = Subscribe;
        resolvers["Mutation.SaveActivityReply"] = SaveReply;
        resolvers["Mutation.DeleteActivityReply"] = context => OwnPosts.Delete<ActivityReply>(context, community.Posts);
    }

    private Facts SaveText(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var text = OwnPosts.Required(context, "text");
        return context.GivenInt("id") is null
            ? community.Conversation.Write(viewer.Id, text, Now()).ToFacts()
            : OwnPosts.Change<Activity>(context, community.Posts, found => found with { Text = text }).ToFacts();
    }

    private Facts SaveMessage(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var text = OwnPosts.Required(context, "message");
        if (context.GivenInt("id") is not null)
        {
            return OwnPosts.Change<Activity>(context, community.Posts, found => found with { Text = text }).ToFacts();
        }

        var recipient = context.GivenInt("recipientId") is { } id ? accounts.Find(id) : null;
        return recipient is null
            ? throw AniListError.Invalid("recipientId", "The selected recipient id is invalid.")
            : community
                .Conversation.SendMessage(viewer.Id, recipient.Id, text, context.Given<bool>("private"), Now())
                .ToFacts();
    }

    // A message can be removed by the one it was sent to as well.
    private Facts DeleteActivity(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var activity = Visible(context, viewer.Id, "id");
        if (activity.UserId != viewer.Id && activity.RecipientId != viewer.Id)
        {
            throw AniListError.Invalid("id", "The selected id is invalid.");
        }

        community.Posts.Remove(activity.Id);
        return new() { ["deleted"] = true };
    }

    private Facts Pin(IResolveFieldContext context) =>
        OwnPosts
            .Change<Activity>(
                context,
                community.Posts,
                found =>
                    found with
                    {
                        IsPinned = context.IsGiven("pinned") ? context.Given<bool>("pinned") : !found.IsPinned,
                    }
            )
            .ToFacts();

    private Facts Subscribe(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var activity = Visible(context, viewer.Id, "activityId");
        return community
            .Posts.Change<Activity>(activity.Id, found => OwnPosts.Subscribe(context, found, viewer.Id))!
            .ToFacts();
    }

    private Facts SaveReply(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var text = OwnPosts.Required(context, "text");
        return context.GivenInt("id") is null
            ? community.Conversation.Reply(viewer.Id, Visible(context, viewer.Id, "activityId"), text, Now()).ToFacts()
            : OwnPosts.Change<ActivityReply>(context, community.Posts, found => found with { Text = text }).ToFacts();
    }

    private Activity Visible(IResolveFieldContext context, int viewer, string argument) =>
        context.GivenInt(argument) is { } id
        && community.Posts.Find<Activity>(id) is { } activity
        && activity.IsVisibleTo(viewer)
            ? activity
            : throw AniListError.NotFound();

    private int Now() => (int)clock.GetUtcNow().ToUnixTimeSeconds();
}
