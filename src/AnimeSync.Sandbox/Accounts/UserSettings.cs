namespace AnimeSync.Sandbox.Accounts;

/// <summary>A user's general settings; AniList's UserOptions.</summary>
internal sealed record UserSettings
{
    private static readonly string[] NotificationTypes =
    [
        "ACTIVITY_MESSAGE",
        "ACTIVITY_REPLY",
        "FOLLOWING",
        "ACTIVITY_MENTION",
        "THREAD_COMMENT_MENTION",
        "THREAD_SUBSCRIBED",
        "THREAD_COMMENT_REPLY",
        "AIRING",
        "ACTIVITY_LIKE",
        "ACTIVITY_REPLY_LIKE",
        "THREAD_LIKE",
        "THREAD_COMMENT_LIKE",
        "ACTIVITY_REPLY_SUBSCRIBED",
        "RELATED_MEDIA_ADDITION",
        "MEDIA_DATA_CHANGE",
        "MEDIA_MERGE",
        "MEDIA_DELETION",
        "MEDIA_SUBMISSION_UPDATE",
        "STAFF_SUBMISSION_UPDATE",
        "CHARACTER_SUBMISSION_UPDATE",
    ];

    private static readonly string[] ListStatuses =
    [
        "CURRENT",
        "PLANNING",
        "COMPLETED",
        "DROPPED",
        "PAUSED",
        "REPEATING",
    ];

    public string TitleLanguage { get; init; } = "ROMAJI";

    public string StaffNameLanguage { get; init; } = "ROMAJI_WESTERN";

    public bool DisplayAdultContent { get; init; }

    public bool AiringNotifications { get; init; } = true;

    public string ProfileColor { get; init; } = "blue";

    public string? Timezone { get; init; }

    /// <summary>Minutes.</summary>
    public int ActivityMergeTime { get; init; } = 720;

    public bool RestrictMessagesToFollowing { get; init; }

    public IReadOnlySet<string> MutedNotifications { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> DisabledListActivity { get; init; } = new HashSet<string>();

    public Facts ToFacts(bool seenByOwner) =>
        new()
        {
            ["titleLanguage"] = TitleLanguage,
            ["displayAdultContent"] = DisplayAdultContent,
            ["airingNotifications"] = AiringNotifications,
            ["profileColor"] = ProfileColor,
            ["notificationOptions"] = NotificationTypes
                .Select(type => new Facts { ["type"] = type, ["enabled"] = !MutedNotifications.Contains(type) })
                .ToList(),
            // AniList's schema: the zone is for its owner only.
            ["timezone"] = seenByOwner ? Timezone : null,
            ["activityMergeTime"] = ActivityMergeTime,
            ["staffNameLanguage"] = StaffNameLanguage,
            ["restrictMessagesToFollowing"] = RestrictMessagesToFollowing,
            ["disabledListActivity"] = ListStatuses
                .Select(type => new Facts { ["type"] = type, ["disabled"] = DisabledListActivity.Contains(type) })
                .ToList(),
        };
}
