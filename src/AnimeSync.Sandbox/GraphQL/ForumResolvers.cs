using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>The forum: threads and the trees of comments under them.</summary>
internal sealed class ForumResolvers(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    CommunityMembers community,
    TimeProvider clock
)
{
    private readonly ForumSearch search = new(community.Posts);

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.Thread"] = context =>
            search.Threads(context).FirstOrDefault()?.ToFacts() ?? throw AniListError.NotFound();
        resolvers["Page.threads"] = context =>
            ((PageSlice)context.Source!).Take(search.Threads(context)).ConvertAll(thread => thread.ToFacts());
        resolvers["Query.ThreadComment"] = context =>
            search.Comments(context).Select(comment => comment.ToFacts()).ToList();
        resolvers["Page.threadComments"] = context =>
            ((PageSlice)context.Source!).Take(search.Comments(context)).ConvertAll(comment => comment.ToFacts());

        resolvers["Thread.replyCount"] = context => search.CommentsIn(IdOf(context)).Count();
        resolvers["Thread.replyCommentId"] = context => Last(context)?.Id;
        resolvers["Thread.replyUserId"] = context => Last(context)?.UserId;
        resolvers["Thread.replyUser"] = context => Last(context) is { } last ? User(last.UserId) : null;
        resolvers["Thread.repliedAt"] = context =>
            Last(context)?.CreatedAt ?? PostFacts.PostOf((Facts)context.Source!).CreatedAt;
        resolvers["Thread.mediaCategories"] = context =>
            ((ForumThread)PostFacts.PostOf((Facts)context.Source!))
                .MediaIds.Select(catalogue.Find)
                .OfType<Facts>()
                .ToList();
        resolvers["ThreadComment.thread"] = context =>
            community.Posts.Find<ForumThread>((int)((Facts)context.Source!)["threadId"]!)?.ToFacts();
        resolvers["ThreadComment.childComments"] = context => Children(context, IdOf(context));

        resolvers["Mutation.DeleteThread"] = context => OwnPosts.Delete<ForumThread>(context, community.Posts);
        resolvers["Mutation.ToggleThreadSubscription"] = Subscribe;
        resolvers["Mutation.SaveThreadComment"] = SaveComment;
        resolvers["Mutation.DeleteThreadComment"] = context => OwnPosts.Delete<ThreadComment>(context, community.Posts);
    }

    private static int IdOf(IResolveFieldContext context) => (int)((Facts)context.Source!)["id"]!;

    private ThreadComment? Last(IResolveFieldContext context) => search.CommentsIn(IdOf(context)).LastOrDefault();

    private Facts? User(int id) => accounts.Find(id)?.ToFacts(seenByOwner: false);

    // Json without a selection: AniList sends the whole tree, each comment with its user and likes.
    private List<Facts> Children(IResolveFieldContext context, int id) =>
        [
            .. search
                .AnswersTo(id)
                .Select(comment =>
                {
                    var facts = comment.ToFacts();
                    facts.Remove("post");
                    facts.Remove("__typename");
                    facts.Remove("text");
                    facts["isLiked"] = Call.Of(context).Viewer is { } viewer && comment.Likes.Contains(viewer.Id);
                    facts["user"] = Brief(context, comment.UserId);
                    facts["likes"] = comment.Likes.Select(liker => Brief(context, liker)).ToList();
                    facts["childComments"] = Children(context, comment.Id);
                    return facts;
                }),
        ];

    private Facts? Brief(IResolveFieldContext context, int userId) =>
        User(userId) is { } user
            ? new()
            {
                ["id"] = user["id"],
                ["name"] = user["name"],
                ["avatar"] = UserResolvers.AvatarOf(Call.Of(context), userId),
            }
            : null;

    private Facts Subscribe(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var thread = community.Posts.Change<ForumThread>(
            context.GivenInt("threadId") ?? 0,
            found => OwnPosts.Subscribe(context, found, viewer.Id)
        );
        return thread?.ToFacts() ?? throw AniListError.NotFound();
    }

    private Facts SaveComment(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var text = OwnPosts.Required(context, "comment");
        var now = (int)clock.GetUtcNow().ToUnixTimeSeconds();
        if (context.GivenInt("id") is not null)
        {
            return OwnPosts
                .Change<ThreadComment>(context, community.Posts, found => found with { Text = text, UpdatedAt = now })
                .ToFacts();
        }

        ThreadComment? parent = null;
        if (context.GivenInt("parentCommentId") is { } parentId)
        {
            parent =
                community.Posts.Find<ThreadComment>(parentId)
                ?? throw AniListError.Invalid("parentCommentId", "The selected parent comment id is invalid.");
        }

        var thread = community.Posts.Find<ForumThread>(context.GivenInt("threadId") ?? parent?.ThreadId ?? 0);
        return thread is null || (parent is not null && parent.ThreadId != thread.Id)
            ? throw AniListError.Invalid("threadId", "The selected thread id is invalid.")
            : community.Conversation.Comment(viewer.Id, thread, parent, text, now).ToFacts();
    }
}
