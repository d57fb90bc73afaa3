using System.Text.RegularExpressions;
using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.Community;

/// <summary>What users do to each other, and whom it is told.</summary>
internal sealed partial class Conversation(
    Posts posts,
    Follows follows,
    Notifications notifications,
    UserAccounts accounts
)
{
    public bool ToggleFollow(int userId, int otherId, int at)
    {
        var isFollowing = follows.Toggle(userId, otherId);
        if (isFollowing)
        {
            notifications.Send(otherId, NotificationKind.Following, at, userId, null);
        }

        return isFollowing;
    }

    public Activity Write(int userId, string text, int at)
    {
        var activity = posts.Add(id => new Activity(id, userId, at, "TEXT") { Text = text, Subscribers = [userId] });
        TellMentioned(text, NotificationKind.Mention, at, userId, activity.Id, []);
        return activity;
    }

    public Activity SendMessage(int userId, int recipientId, string text, bool isPrivate, int at)
    {
        var message = posts.Add(id => new Activity(id, userId, at, "MESSAGE")
        {
            Text = text,
            RecipientId = recipientId,
            IsPrivate = isPrivate,
            Subscribers = [userId],
        });
        notifications.Send(recipientId, NotificationKind.Message, at, userId, message.Id);
        return message;
    }

    public ActivityReply Reply(int userId, Activity activity, string text, int at)
    {
        var reply = posts.Add(id => new ActivityReply(id, userId, at, activity.Id) { Text = text });
        var owner = activity.RecipientId ?? activity.UserId;
        notifications.Send(owner, NotificationKind.Reply, at, userId, activity.Id);
        var told = TellMentioned(text, NotificationKind.Mention, at, userId, activity.Id, [owner]);
        foreach (var subscriber in activity.Subscribers.Except(told))
        {
            notifications.Send(subscriber, NotificationKind.ReplySubscribed, at, userId, activity.Id);
        }

        return reply;
    }

    public ThreadComment Comment(int userId, ForumThread thread, ThreadComment? parent, string text, int at)
    {
        var comment = posts.Add(id => new ThreadComment(id, userId, at, thread.Id)
        {
            Text = text,
            ParentId = parent?.Id,
        });
        List<int> told = [];
        if (parent is not null)
        {
            notifications.Send(parent.UserId, NotificationKind.CommentReply, at, userId, comment.Id, About(thread.Id));
            told.Add(parent.UserId);
        }

        told = TellMentioned(text, NotificationKind.CommentMention, at, userId, comment.Id, told, About(thread.Id));
        foreach (var subscriber in thread.Subscribers.Add(thread.UserId).Distinct().Except(told))
        {
            notifications.Send(
                subscriber,
                NotificationKind.CommentSubscribed,
                at,
                userId,
                comment.Id,
                About(thread.Id)
            );
        }

        return comment;
    }

    /// <summary>The post afterwards; null when there is none of that kind.</summary>
    public T? ToggleLike<T>(int userId, int id, int at)
        where T : Post
    {
        var liked = posts.Change<T>(
            id,
            post =>
                post with
                {
                    Likes = post.Likes.Contains(userId) ? post.Likes.Remove(userId) : post.Likes.Add(userId),
                }
        );
        if (liked?.Likes.Contains(userId) == true)
        {
            TellAuthor(liked, userId, at);
        }

        return liked;
    }

    private void TellAuthor(Post liked, int userId, int at)
    {
        var (kind, subject, details) = liked switch
        {
            ActivityReply reply => (NotificationKind.ReplyLike, reply.ActivityId, null),
            ForumThread thread => (NotificationKind.ThreadLike, thread.Id, null),
            ThreadComment comment => (NotificationKind.CommentLike, comment.Id, About(comment.ThreadId)),
            _ => (NotificationKind.Like, liked.Id, null),
        };
        notifications.Send(liked.UserId, kind, at, userId, subject, details);
    }

    // Nobody is told twice of one text.
    private List<int> TellMentioned(
        string text,
        NotificationKind kind,
        int at,
        int userId,
        int subjectId,
        List<int> told,
        Facts? details = null
    )
    {
        var everybody = new List<int>(told);
        foreach (Match mention in MentionOfUser().Matches(text))
        {
            if (accounts.Find(mention.Groups[1].Value) is { } user && !everybody.Contains(user.Id))
            {
                notifications.Send(user.Id, kind, at, userId, subjectId, details);
                everybody.Add(user.Id);
            }
        }

        return everybody;
    }

    private static Facts About(int threadId) => new() { ["threadId"] = threadId };

    [GeneratedRegex(@"(?<!\w)@(\w{2,20})")]
    private static partial Regex MentionOfUser();
}
