using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.Community;

/// <summary>The forum's sample threads, with categories as AniList numbers them.</summary>
internal static class SampleForum
{
    private static readonly (int, string) Anime = (1, "Anime");
    private static readonly (int, string) Manga = (2, "Manga");
    private static readonly (int, string) Releases = (5, "Release Discussion");
    private static readonly (int, string) General = (7, "General");
    private static readonly (int, string) Games = (16, "Forum Games");

    public static void Play(CommunityMembers community)
    {
        var talk = community.Conversation;
        var rules = Open(
            community,
            new(0, UserAccounts.Mika, At(30), "Read this first")
            {
                Text = "Be kind. Mark what spoils: ~!like this!~.",
                Categories = [General],
                IsSticky = true,
                IsLocked = true,
                ViewCount = 5210,
            }
        );
        var alchemists = Open(
            community,
            new(0, UserAccounts.Rin, At(31), "Which Fullmetal Alchemist first?")
            {
                Text = "The one from 2003 or **the other**? I have read the manga.",
                Categories = [Anime, Manga],
                MediaIds = [121, 5114],
                ViewCount = 431,
            }
        );
        var pirates = Open(
            community,
            new(0, UserAccounts.Mika, At(32), "[Spoilers] One Piece - this week's episode")
            {
                Text = "Discuss this week's episode here.",
                Categories = [Anime, Releases],
                MediaIds = [21],
                ViewCount = 1204,
            }
        );

        foreach (var title in (string[])["Letters from A to Z", "The last word wins"])
        {
            Open(
                community,
                new(0, UserAccounts.Rin, At(32), title) { Text = "You know the rules.", Categories = [Games] }
            );
        }

        var first = talk.Comment(
            UserAccounts.Mika,
            alchemists,
            null,
            "The older one: it wanders off on its own.",
            At(33)
        );
        var second = talk.Comment(UserAccounts.Rin, alchemists, first, "So I will not know the end? Good.", At(34));
        talk.Comment(UserAccounts.Mika, alchemists, second, "You will not, @rin.", At(35));
        talk.Comment(UserAccounts.Solo, alchemists, null, "Is this about chemistry?", At(36));
        talk.Comment(UserAccounts.Solo, alchemists, second, "Spoil it for me, @rin?", At(37));
        talk.Comment(UserAccounts.Solo, pirates, null, "He ate **again**, @rin.", At(38));
        talk.ToggleLike<ForumThread>(UserAccounts.Mika, alchemists.Id, At(39));
        talk.ToggleLike<ThreadComment>(UserAccounts.Mika, second.Id, At(40));
        talk.ToggleLike<ForumThread>(UserAccounts.Solo, rules.Id, At(41));
        talk.ToggleLike<ThreadComment>(UserAccounts.Rin, first.Id, At(42));
    }

    private static ForumThread Open(CommunityMembers community, ForumThread thread) =>
        community.Posts.Add(id => thread with { Id = id, Subscribers = [thread.UserId] });

    private static int At(int hour) => SampleCommunity.At(hour);
}
