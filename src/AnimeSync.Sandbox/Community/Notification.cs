namespace AnimeSync.Sandbox.Community;

/// <summary>One notification; <c>Subject</c> is the id under the schema's name for it, <c>Details</c> the rest.</summary>
internal sealed record Notification(int Id, int RecipientId, NotificationKind Kind, int CreatedAt)
{
    /// <summary>Who did it.</summary>
    public int? ActorId { get; init; }

    public int? SubjectId { get; init; }

    public Facts Details { get; init; } = [];

    public Facts ToFacts()
    {
        var facts = new Facts(Details)
        {
            ["__typename"] = Kind.TypeName,
            ["id"] = Id,
            ["type"] = Kind.Type,
            ["userId"] = ActorId,
            ["createdAt"] = CreatedAt,
        };
        if (Kind.Subject is { } name)
        {
            facts[name] = SubjectId;
        }

        // AniList's text around the names; of an airing it has the parts before, between and after.
        facts["context"] = Kind.Context;
        return facts;
    }
}

/// <summary>A kind of notification: AniList's type, its GraphQL type, what it is about and what it says.</summary>
internal sealed record NotificationKind(string Type, string TypeName, string? Subject, string? Context)
{
    public static readonly NotificationKind Airing = new("AIRING", "AiringNotification", "animeId", null);
    public static readonly NotificationKind Following = new(
        "FOLLOWING",
        "FollowingNotification",
        null,
        " started following you."
    );
    public static readonly NotificationKind Message = OfActivity("Message", " sent you a message.");
    public static readonly NotificationKind Mention = OfActivity("Mention", " mentioned you in their activity.");
    public static readonly NotificationKind Reply = OfActivity("Reply", " replied to your activity.");
    public static readonly NotificationKind ReplySubscribed = new(
        "ACTIVITY_REPLY_SUBSCRIBED",
        "ActivityReplySubscribedNotification",
        "activityId",
        " replied to activity you're subscribed to."
    );
    public static readonly NotificationKind Like = OfActivity("Like", " liked your activity.");
    public static readonly NotificationKind ReplyLike = new(
        "ACTIVITY_REPLY_LIKE",
        "ActivityReplyLikeNotification",
        "activityId",
        " liked your activity reply."
    );
    public static readonly NotificationKind ThreadLike = new(
        "THREAD_LIKE",
        "ThreadLikeNotification",
        "threadId",
        " liked your forum thread, "
    );
    public static readonly NotificationKind CommentMention = OfComment(
        "THREAD_COMMENT_MENTION",
        "Mention",
        " mentioned you, in the forum thread "
    );
    public static readonly NotificationKind CommentReply = OfComment(
        "THREAD_COMMENT_REPLY",
        "Reply",
        " replied to your comment, in the forum thread "
    );
    public static readonly NotificationKind CommentSubscribed = OfComment(
        "THREAD_SUBSCRIBED",
        "Subscribed",
        " commented in your subscribed forum thread "
    );
    public static readonly NotificationKind CommentLike = OfComment(
        "THREAD_COMMENT_LIKE",
        "Like",
        " liked your comment, in the forum thread "
    );
    public static readonly NotificationKind RelatedAddition = new(
        "RELATED_MEDIA_ADDITION",
        "RelatedMediaAdditionNotification",
        "mediaId",
        " was recently added to the site."
    );
    public static readonly NotificationKind DataChange = OfMedia(
        "DATA_CHANGE",
        "DataChange",
        " received site data changes"
    );
    public static readonly NotificationKind Merge = OfMedia("MERGE", "Merge", " was merged into ");
    public static readonly NotificationKind Deletion = new(
        "MEDIA_DELETION",
        "MediaDeletionNotification",
        null,
        " was deleted from the site"
    );
    public static readonly NotificationKind MediaSubmission = OfSubmission("MEDIA", "Media", "mediaId");
    public static readonly NotificationKind StaffSubmission = OfSubmission("STAFF", "Staff", "staffId");
    public static readonly NotificationKind CharacterSubmission = OfSubmission("CHARACTER", "Character", "characterId");

    public static IReadOnlyList<NotificationKind> All { get; } =
    [
        Airing,
        Following,
        Message,
        Mention,
        Reply,
        ReplySubscribed,
        Like,
        ReplyLike,
        ThreadLike,
        CommentMention,
        CommentReply,
        CommentSubscribed,
        CommentLike,
        RelatedAddition,
        DataChange,
        Merge,
        Deletion,
        MediaSubmission,
        StaffSubmission,
        CharacterSubmission,
    ];

    private static NotificationKind OfActivity(string what, string context) =>
        new($"ACTIVITY_{what.ToUpperInvariant()}", $"Activity{what}Notification", "activityId", context);

    private static NotificationKind OfComment(string type, string what, string context) =>
        new(type, $"ThreadComment{what}Notification", "commentId", context);

    private static NotificationKind OfMedia(string type, string what, string context) =>
        new($"MEDIA_{type}", $"Media{what}Notification", "mediaId", context);

    private static NotificationKind OfSubmission(string type, string what, string subject) =>
        new($"{type}_SUBMISSION_UPDATE", $"{what}SubmissionUpdateNotification", subject, null);
}
