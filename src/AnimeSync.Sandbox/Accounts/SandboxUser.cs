namespace AnimeSync.Sandbox.Accounts;

/// <summary>One AniList account; replaced as a whole when something about it changes.</summary>
internal sealed record SandboxUser(int Id, string Name)
{
    public string? About { get; init; }

    public string ScoreFormat { get; init; } = "POINT_10";

    public string RowOrder { get; init; } = "score";

    public ListSettings AnimeList { get; init; } = ListSettings.Anime;

    public ListSettings MangaList { get; init; } = ListSettings.Manga;

    public UserSettings Settings { get; init; } = new();

    public string TitleLanguage => Settings.TitleLanguage;

    public string DonatorBadge { get; init; } = "Donator";

    /// <summary>Shows profile and lists to nobody else.</summary>
    public bool IsPrivate { get; init; }

    public FavouriteLists Favourites { get; init; } = FavouriteLists.None;

    public int CreatedAt { get; init; } = 1_600_000_000 + Id;

    public int UpdatedAt { get; init; } = 1_700_000_000 + Id;

    public ListSettings ListOf(string? type) => type == "MANGA" ? MangaList : AnimeList;

    /// <summary>The account by the schema's names; pictures and what depends on the caller are resolved apart.</summary>
    public Facts ToFacts(bool seenByOwner) =>
        new()
        {
            ["id"] = Id,
            ["name"] = Name,
            ["about"] = About,
            ["isFollowing"] = false,
            ["isFollower"] = false,
            ["isBlocked"] = false,
            ["options"] = Settings.ToFacts(seenByOwner),
            ["mediaListOptions"] = new Facts
            {
                ["scoreFormat"] = ScoreFormat,
                ["rowOrder"] = RowOrder,
                ["useLegacyLists"] = false,
                ["animeList"] = AnimeList.ToFacts(),
                ["mangaList"] = MangaList.ToFacts(),
            },
            ["unreadNotificationCount"] = seenByOwner ? 0 : null,
            ["siteUrl"] = $"https://anilist.co/user/{Name}",
            ["donatorTier"] = 0,
            ["donatorBadge"] = DonatorBadge,
            ["createdAt"] = CreatedAt,
            ["updatedAt"] = UpdatedAt,
        };
}
