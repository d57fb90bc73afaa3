namespace AnimeSync.Sandbox.Accounts;

/// <summary>One AniList account; replaced as a whole when something about it changes.</summary>
internal sealed record SandboxUser(int Id, string Name)
{
    public string? About { get; init; }

    public string ScoreFormat { get; init; } = "POINT_10";

    public string TitleLanguage { get; init; } = "ROMAJI";

    public bool DisplayAdultContent { get; init; }

    public string ProfileColor { get; init; } = "blue";

    public string? Timezone { get; init; }

    public IReadOnlyList<string> CustomLists { get; init; } = [];

    /// <summary>Ids of the titles marked as favourite, in the order they were marked.</summary>
    public IReadOnlyList<int> Favourites { get; init; } = [];

    /// <summary>Tokens issued up to this instant are dead.</summary>
    public DateTimeOffset RevokedAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The account by the schema's names.</summary>
    public Facts ToFacts(bool seenByOwner) =>
        new()
        {
            ["id"] = Id,
            ["name"] = Name,
            ["about"] = About,
            ["avatar"] = new Facts
            {
                ["large"] = "https://s4.anilist.co/file/anilistcdn/user/avatar/large/default.png",
                ["medium"] = "https://s4.anilist.co/file/anilistcdn/user/avatar/medium/default.png",
            },
            ["isFollowing"] = false,
            ["isFollower"] = false,
            ["isBlocked"] = false,
            ["options"] = new Facts
            {
                ["titleLanguage"] = TitleLanguage,
                ["displayAdultContent"] = DisplayAdultContent,
                ["airingNotifications"] = true,
                ["profileColor"] = ProfileColor,
                ["timezone"] = Timezone,
                ["activityMergeTime"] = 720,
                ["staffNameLanguage"] = "ROMAJI_WESTERN",
                ["restrictMessagesToFollowing"] = false,
            },
            ["mediaListOptions"] = new Facts
            {
                ["scoreFormat"] = ScoreFormat,
                ["rowOrder"] = "score",
                ["animeList"] = ListOptions(["Watching", "Completed", "Paused", "Dropped", "Planning"]),
                ["mangaList"] = ListOptions(["Reading", "Completed", "Paused", "Dropped", "Planning"]),
            },
            ["unreadNotificationCount"] = seenByOwner ? 0 : null,
            ["siteUrl"] = $"https://anilist.co/user/{Name}",
            ["donatorTier"] = 0,
            ["donatorBadge"] = "Donator",
            ["createdAt"] = 1600000000 + Id,
            ["updatedAt"] = 1700000000 + Id,
        };

    private Facts ListOptions(string[] sections) =>
        new()
        {
            ["sectionOrder"] = sections.ToList<object?>(),
            ["splitCompletedSectionByFormat"] = false,
            ["customLists"] = CustomLists.ToList<object?>(),
            ["advancedScoring"] = new List<object?>(),
            ["advancedScoringEnabled"] = false,
        };
}
