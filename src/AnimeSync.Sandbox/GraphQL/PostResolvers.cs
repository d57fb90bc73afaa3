using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>What all posts have in common, and users' likes and follows.</summary>
internal sealed class PostResolvers(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    CommunityMembers community,
    TimeProvider clock
)
{
    private static readonly string[] Kinds =
    [
        "TextActivity",
        "ListActivity",
        "MessageActivity",
        "ActivityReply",
        "Thread",
        "ThreadComment",
        "Review",
    ];

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        foreach (var kind in Kinds)
        {
            resolvers[$"{kind}.user"] = context => User(context, Of(context).UserId);
            resolvers[$"{kind}.likes"] = context => Of(context).Likes.Select(id => User(context, id)).ToList();
            resolvers[$"{kind}.isLiked"] = context =>
                Call.Of(context).Viewer is { } viewer && Of(context).Likes.Contains(viewer.Id);
            resolvers[$"{kind}.isSubscribed"] = context =>
                Call.Of(context).Viewer is { } viewer && Of(context).Subscribers.Contains(viewer.Id);
            foreach (var text in (string[])["text", "message", "body", "comment"])
            {
                resolvers[$"{kind}.{text}"] = context => Markdown.Text(context, text);
            }
        }

        resolvers["MessageActivity.messenger"] = context => User(context, Of(context).UserId);
        resolvers["MessageActivity.recipient"] = context => User(context, ((Activity)Of(context)).RecipientId!.Value);
        resolvers["ListActivity.media"] = context => Media(((Activity)Of(context)).MediaId!.Value);
        resolvers["User.about"] = context => Markdown.Text(context, "about");
        resolvers["User.isFollowing"] = context => Follows(context, (viewer, user) => (viewer, user));
        resolvers["User.isFollower"] = context => Follows(context, (viewer, user) => (user, viewer));
        resolvers["Page.following"] = context => Users(context, community.Follows.FollowedBy);
        resolvers["Page.followers"] = context => Users(context, community.Follows.FollowersOf);
        resolvers["Mutation.ToggleFollow"] = ToggleFollow;
        resolvers["Mutation.ToggleLike"] = context =>
            ToggleLike(context).Likes.Select(id => User(context, id)).ToList();
        resolvers["Mutation.ToggleLikeV2"] = context => ToggleLike(context).ToFacts();
    }

    private static Post Of(IResolveFieldContext context) => PostFacts.PostOf((Facts)context.Source!);

    private Facts? Media(int id) => catalogue.Find(id);

    private Facts? User(IResolveFieldContext context, int id) =>
        accounts.Find(id)?.ToFacts(seenByOwner: Call.Of(context).Viewer?.Id == id);

    private bool Follows(IResolveFieldContext context, Func<int, int, (int Follower, int Followed)> direction)
    {
        if (Call.Of(context).Viewer is not { } viewer)
        {
            return false;
        }

        var (follower, followed) = direction(viewer.Id, (int)((Facts)context.Source!)["id"]!);
        return community.Follows.IsFollowing(follower, followed);
    }

    private List<Facts> Users(IResolveFieldContext context, Func<int, IReadOnlySet<int>> find)
    {
        var users = find(context.GivenInt("userId")!.Value).Order().Select(id => User(context, id)).OfType<Facts>();
        return ((PageSlice)context.Source!).Take(
            Ordering.By(users, context.GivenNames("sort"), (user, name) => user[name == "USERNAME" ? "name" : "id"])
        );
    }

    private Facts ToggleFollow(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var userId =
            context.GivenInt("userId") ?? throw AniListError.Invalid("userId", "The user id field is required.");
        var user = accounts.Find(userId) ?? throw AniListError.NotFound();
        community.Conversation.ToggleFollow(viewer.Id, user.Id, Now());
        return User(context, user.Id)!;
    }

    private Post ToggleLike(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var id = context.GivenInt("id") ?? throw AniListError.Invalid("id", "The id field is required.");
        var talk = community.Conversation;
        Post? liked = context.Given<string>("type") switch
        {
            "ACTIVITY" when community.Posts.Find<Activity>(id)?.IsVisibleTo(viewer.Id) == true =>
                talk.ToggleLike<Activity>(viewer.Id, id, Now()),
            "ACTIVITY_REPLY" => talk.ToggleLike<ActivityReply>(viewer.Id, id, Now()),
            "THREAD" => talk.ToggleLike<ForumThread>(viewer.Id, id, Now()),
            "THREAD_COMMENT" => talk.ToggleLike<ThreadComment>(viewer.Id, id, Now()),
            null => throw AniListError.Invalid("type", "The type field is required."),
            _ => null,
        };
        return liked ?? throw AniListError.NotFound();
    }

    private int Now() => (int)clock.GetUtcNow().ToUnixTimeSeconds();
}
