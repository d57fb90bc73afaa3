using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Finds threads and comments by AniList's arguments.</summary>
internal sealed class ForumSearch(Posts posts)
{
    public IEnumerable<ForumThread> Threads(IResolveFieldContext context)
    {
        IEnumerable<ForumThread> found = posts.All<ForumThread>();
        foreach (var (argument, value) in context.AllGiven())
        {
            found = argument switch
            {
                "id" => found.Where(thread => thread.Id == (int)value),
                "id_in" => found.Where(thread => ((IEnumerable<object?>)value).Contains(thread.Id)),
                "userId" => found.Where(thread => thread.UserId == (int)value),
                "replyUserId" => found.Where(thread =>
                    CommentsIn(thread.Id).Any(comment => comment.UserId == (int)value)
                ),
                "subscribed" when (bool)value => SubscribedBy(found, Call.ViewerOf(context).Id),
                "categoryId" => found.Where(thread => thread.Categories.Any(category => category.Id == (int)value)),
                "mediaCategoryId" => found.Where(thread => thread.MediaIds.Contains((int)value)),
                "search" => found.Where(thread => Matches(thread, (string)value)),
                _ => found,
            };
        }

        return Ordering.By(found, context.GivenNames("sort"), SortKey);
    }

    /// <summary>Of a thread or a user only those that answer no other comment; these carry the rest with them.</summary>
    public IEnumerable<ThreadComment> Comments(IResolveFieldContext context)
    {
        IEnumerable<ThreadComment> found = posts.All<ThreadComment>();
        if (context.GivenInt("id") is { } id)
        {
            found = found.Where(comment => comment.Id == id);
        }

        if (context.GivenInt("threadId") is { } threadId)
        {
            found = found.Where(comment => comment.ThreadId == threadId && comment.ParentId is null);
        }

        if (context.GivenInt("userId") is { } userId)
        {
            found = found.Where(comment => comment.UserId == userId);
        }

        return Ordering.By(found, context.GivenNames("sort"), (comment, _) => comment.Id);
    }

    public IEnumerable<ThreadComment> CommentsIn(int threadId) =>
        posts.All<ThreadComment>().Where(comment => comment.ThreadId == threadId);

    public IEnumerable<ThreadComment> AnswersTo(int commentId) =>
        posts.All<ThreadComment>().Where(comment => comment.ParentId == commentId);

    private static IEnumerable<ForumThread> SubscribedBy(IEnumerable<ForumThread> threads, int viewer) =>
        threads.Where(thread => thread.Subscribers.Contains(viewer));

    private static bool Matches(ForumThread thread, string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word =>
                thread.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
                || thread.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
            );

    private object? SortKey(ForumThread thread, string name) =>
        name switch
        {
            "TITLE" => thread.Title,
            "CREATED_AT" => thread.CreatedAt,
            "UPDATED_AT" => thread.UpdatedAt,
            "REPLIED_AT" => CommentsIn(thread.Id).LastOrDefault()?.CreatedAt ?? thread.CreatedAt,
            "REPLY_COUNT" => CommentsIn(thread.Id).Count(),
            "VIEW_COUNT" => thread.ViewCount,
            // AniList has no IS_STICKY_DESC: the sticky ones come first.
            "IS_STICKY" => !thread.IsSticky,
            _ => thread.Id,
        };
}
