using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Accounts;

/// <summary>The accounts of every start. Between them they use all five score formats and every way to keep a list.</summary>
internal static class SampleUsers
{
    public static IEnumerable<SandboxUser> Create() =>
        [
            new(UserAccounts.Rin, "rin")
            {
                About = "Keeps fifty titles in order.",
                Favourites = FavouriteLists
                    .None.With("anime", [457, 339])
                    .With("studios", [Studios.IdOf("Studio Ghibli"), Studios.IdOf("bones")]),
            },
            new(UserAccounts.Mika, "mika")
            {
                About = "Five hundred titles, most of them on __rainy__ days.",
                ScoreFormat = "POINT_10_DECIMAL",
                Settings = new() { TitleLanguage = "ENGLISH", ProfileColor = "purple" },
                AnimeList = ListSettings.Anime with { CustomLists = ["Rainy days"] },
                Favourites = FavouriteLists.None.With("anime", [5114, 1, 30]).With("manga", [30002]),
            },
            new(UserAccounts.Empty, "empty") { About = "Has not added anything yet." },
            new(UserAccounts.Solo, "solo") { ScoreFormat = "POINT_100" },
            new(UserAccounts.Haru, "haru")
            {
                About = "Splits, hides and scores in detail.",
                ScoreFormat = "POINT_5",
                Settings = new()
                {
                    TitleLanguage = "NATIVE",
                    DisplayAdultContent = true,
                    ProfileColor = "green",
                },
                AnimeList = ListSettings.Anime with
                {
                    SplitCompletedByFormat = true,
                    CustomLists = ["Comfort", "With friends"],
                    AdvancedScoringEnabled = true,
                },
                MangaList = ListSettings.Manga with { SplitCompletedByFormat = true, CustomLists = ["On paper"] },
                Favourites = FavouriteLists.None.With("anime", [1, 5114]),
            },
            new(UserAccounts.Archive, "archive")
            {
                About = "As many titles as a list can show.",
                ScoreFormat = "POINT_3",
                Settings = new() { DisplayAdultContent = true, ProfileColor = "gray" },
            },
        ];
}
