using System.Collections.Immutable;
using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.Community;

/// <summary>The sample users' reviews, and recommendations among the built-in titles.</summary>
internal static class SampleReviews
{
    public static void Play(CommunityMembers community)
    {
        Write(community, UserAccounts.Rin, 5114, 95, "Two brothers, one mistake, and no episode too many.", Alchemists);
        Write(community, UserAccounts.Mika, 5114, 88, "A long road that knows where it is going.", Road);
        Write(community, UserAccounts.Mika, 1, 92, "Music first, plot second, dinner never.", Jazz);
        Write(community, UserAccounts.Rin, 30013, 80, "A very long story about lunch and friends.", Lunch);
        foreach (var (index, (media, other, rating)) in Recommended().Index())
        {
            var who = index % 2 == 0 ? UserAccounts.Rin : UserAccounts.Mika;
            Recommend(community, who, media, other, rating);
            Recommend(community, who, other, media, rating);
        }
    }

    private const string Alchemists =
        "__What it is.__ Two brothers look for a stone that would put right what they did.\n\n"
        + "__What is good.__ Nothing is forgotten: a side figure of the third episode decides the sixtieth. The fights have a reason, "
        + "and the jokes stop when they should.\n\n__What is not.__ The first ten episodes are in a hurry.";

    private const string Road =
        "I watched it with a map. It is *that* kind of story: places have people in them, and people have somewhere to be.\n\n"
        + "Watch it after the older series, not before.";

    private const string Jazz =
        "Every episode is another film: a western, a horror, one about mushrooms. What holds them together is the band.\n\n"
        + "The end is the end. **Leave it there.**";

    private const string Lunch =
        "You do not read it, you move in. The sea is wide, the chapters are many, and every island has a kitchen.";

    private static (int Media, int Other, int Rating)[] Recommended() =>
        [
            (1, 205, 812),
            (1, 6, 431),
            (1, 889, 164),
            (5114, 11061, 1403),
            (5114, 16498, 977),
            (5114, 121, 640),
            (5114, 101348, 201),
            (1535, 1575, 2210),
            (1535, 13601, 655),
            (9253, 21355, 803),
            (9253, 21234, 512),
            (154587, 97986, 240),
            (154587, 457, 388),
            (20, 269, 330),
            (30013, 30011, 214),
            (30002, 30642, 520),
        ];

    private static void Write(
        CommunityMembers community,
        int userId,
        int mediaId,
        int score,
        string summary,
        string body
    ) =>
        community.Posts.Add(id => new Review(id, userId, SampleCommunity.At(50 + (score % 10)), mediaId)
        {
            Text = body,
            Summary = summary,
            Score = score,
            Votes = ImmutableDictionary<int, string>
                .Empty.Add(userId == UserAccounts.Rin ? UserAccounts.Mika : UserAccounts.Rin, "UP_VOTE")
                .Add(UserAccounts.Solo, score < 85 ? "DOWN_VOTE" : "UP_VOTE"),
        });

    private static void Recommend(CommunityMembers community, int userId, int mediaId, int otherId, int rating) =>
        community.Posts.Add(id => new Recommendation(id, userId, SampleCommunity.At(40), mediaId, otherId)
        {
            BaseRating = rating,
        });
}
