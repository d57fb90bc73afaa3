using AnimeSync.Sandbox.Community;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Posts by the schema's names; what depends on the viewer or on other objects is resolved apart.</summary>
internal static class PostFacts
{
    private const string Site = "https://anilist.co";

    public static Facts ToFacts(this Post post) =>
        post switch
        {
            Activity activity => Of(activity),
            ActivityReply reply => Of(reply, "ActivityReply", new() { ["activityId"] = reply.ActivityId }),
            ForumThread thread => Of(thread),
            ThreadComment comment => Of(
                comment,
                "ThreadComment",
                new()
                {
                    ["threadId"] = comment.ThreadId,
                    ["comment"] = comment.Text,
                    ["isLocked"] = false,
                    ["siteUrl"] = $"{Site}/forum/thread/{comment.ThreadId}/comment/{comment.Id}",
                }
            ),
            Review review => Of(review),
            _ => throw new ArgumentOutOfRangeException(nameof(post)),
        };

    public static Post PostOf(Facts facts) => (Post)facts["post"]!;

    private static Facts Of(Activity activity)
    {
        var facts = new Facts
        {
            ["type"] = activity.Type,
            ["siteUrl"] = $"{Site}/activity/{activity.Id}",
            ["isLocked"] = false,
            ["isPinned"] = activity.IsPinned,
        };
        if (activity.Type == "TEXT")
        {
            return Of(activity, "TextActivity", facts);
        }

        if (activity.IsList)
        {
            facts["status"] = activity.Status;
            facts["progress"] = activity.Progress is { } part
                ? part.From == part.To
                    ? $"{part.To}"
                    : $"{part.From} - {part.To}"
                : null;
            return Of(activity, "ListActivity", facts);
        }

        facts["message"] = activity.Text;
        facts["messengerId"] = activity.UserId;
        facts["recipientId"] = activity.RecipientId;
        facts["isPrivate"] = activity.IsPrivate;
        return Of(activity, "MessageActivity", facts);
    }

    private static Facts Of(ForumThread thread) =>
        Of(
            thread,
            "Thread",
            new()
            {
                ["title"] = thread.Title,
                ["body"] = thread.Text,
                ["viewCount"] = thread.ViewCount,
                ["isLocked"] = thread.IsLocked,
                ["isSticky"] = thread.IsSticky,
                ["siteUrl"] = $"{Site}/forum/thread/{thread.Id}",
                ["categories"] = thread
                    .Categories.Select(category => new Facts { ["id"] = category.Id, ["name"] = category.Name })
                    .ToList(),
            }
        );

    private static Facts Of(Review review) =>
        Of(
            review,
            "Review",
            new()
            {
                ["mediaId"] = review.MediaId,
                ["summary"] = review.Summary,
                ["body"] = review.Text,
                ["score"] = review.Score,
                ["private"] = review.IsPrivate,
                ["rating"] = review.Votes.Values.Count(vote => vote == "UP_VOTE"),
                ["ratingAmount"] = review.Votes.Count,
                ["siteUrl"] = $"{Site}/review/{review.Id}",
            }
        );

    private static Facts Of(Post post, string typeName, Facts facts) =>
        new(facts)
        {
            ["__typename"] = typeName,
            ["post"] = post,
            ["id"] = post.Id,
            ["userId"] = post.UserId,
            ["text"] = post.Text,
            ["likeCount"] = post.Likes.Count,
            ["createdAt"] = post.CreatedAt,
            ["updatedAt"] = post.UpdatedAt,
        };
}
