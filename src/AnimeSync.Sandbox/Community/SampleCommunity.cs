using AnimeSync.Sandbox.Accounts;

namespace AnimeSync.Sandbox.Community;

/// <summary>What the sample users did before the sandbox began, the same in every run. The other users live by themselves.</summary>
internal static class SampleCommunity
{
    private const int Rin = UserAccounts.Rin;
    private const int Mika = UserAccounts.Mika;
    private const int Solo = UserAccounts.Solo;
    private const int Haru = UserAccounts.Haru;

    private const int Begin = 1_750_000_000;
    private const int Hour = 3600;

    public static void Play(CommunityMembers community)
    {
        var talk = community.Conversation;
        (int Who, int Whom)[] follows = [(Rin, Mika), (Mika, Rin), (Solo, Rin), (Rin, Solo), (Mika, Haru)];
        foreach (var (index, (who, whom)) in follows.Index())
        {
            talk.ToggleFollow(who, whom, Begin + index);
        }

        PlayActivities(community);
        SampleForum.Play(community);
        SampleReviews.Play(community);
        Announce(community.Notifications);
    }

    private static void PlayActivities(CommunityMembers community)
    {
        var talk = community.Conversation;
        var question = talk.Write(Rin, "Looking for something **short** to watch on trains. Any ideas?", At(1));
        var answer = talk.Reply(Mika, question, "Six episodes, one guitar: FLCL.", At(2));
        talk.Reply(Solo, question, "I only know one title, so: that one.", At(3));
        talk.Reply(Rin, question, "Thank you both. @mika that was *quick*.", At(4));
        talk.ToggleLike<Activity>(Mika, question.Id, At(4));
        talk.ToggleLike<ActivityReply>(Rin, answer.Id, At(5));

        var pinned = talk.Write(Mika, "@rin was right about the alchemists.", At(6));
        var mention = community.Posts.Change<Activity>(
            pinned.Id,
            activity => activity with { IsPinned = true, Subscribers = activity.Subscribers.Add(Rin) }
        )!;
        var thanks = talk.Reply(Rin, mention, "I am about most things.", At(7));
        talk.Reply(Solo, mention, "Which alchemists?", At(8));
        talk.ToggleLike<ActivityReply>(Mika, thanks.Id, At(9));

        foreach (var (index, (userId, mediaId, status, progress)) in Watched().Index())
        {
            var type = status.Contains("chapter", StringComparison.Ordinal) ? "MANGA_LIST" : "ANIME_LIST";
            var activity = community.Posts.Add(id => new Activity(id, userId, At(10 + index), type)
            {
                MediaId = mediaId,
                Status = status,
                Progress = progress,
                Subscribers = [userId],
            });
            talk.ToggleLike<Activity>(userId == Rin ? Mika : Rin, activity.Id, At(19));
            talk.Reply(userId == Rin ? Mika : Rin, activity, "Worth it?", At(19));
        }

        var invitation = talk.SendMessage(Mika, Rin, "Shall we watch the next one together?", isPrivate: false, At(20));
        talk.Reply(Rin, invitation, "With pleasure.", At(20));
        talk.ToggleLike<Activity>(Rin, invitation.Id, At(20));
        talk.SendMessage(Mika, Rin, "The present for **solo** has arrived.", isPrivate: true, At(21));
        talk.SendMessage(Rin, Mika, "Friday, then.", isPrivate: false, At(22));
    }

    private static (int UserId, int MediaId, string Status, (int, int)? Progress)[] Watched() =>
        [
            (Rin, 1, "watched episode", (3, 5)),
            (Rin, 5114, "completed", null),
            (Rin, 30013, "read chapter", (12, 12)),
            (Mika, 5114, "watched episode", (64, 64)),
            (Mika, 154587, "plans to watch", null),
            (Solo, 1, "watched episode", (1, 1)),
        ];

    // What AniList's moderators did is no user's doing.
    private static void Announce(Notifications notifications)
    {
        foreach (var userId in (int[])[Rin, Mika])
        {
            void Send(int hour, NotificationKind kind, int? subjectId, Facts details) =>
                notifications.Send(userId, kind, At(hour), null, subjectId, details);

            Send(60, NotificationKind.RelatedAddition, 154587, []);
            Send(61, NotificationKind.DataChange, 21, new() { ["reason"] = "The weekly slot has moved." });
            Send(
                62,
                NotificationKind.Merge,
                5114,
                new()
                {
                    ["deletedMediaTitles"] = new List<object?> { "Fullmetal Alchemist (2009)" },
                    ["reason"] = "The same series twice.",
                }
            );
            Send(
                63,
                NotificationKind.Deletion,
                null,
                new() { ["deletedMediaTitle"] = "Cowboy Bebop: A Trailer", ["reason"] = "A trailer is no title." }
            );
            Send(64, NotificationKind.MediaSubmission, 1, Accepted("submittedTitle", "Cowboy Bebop"));
            Send(65, NotificationKind.StaffSubmission, 900006, Accepted());
            Send(66, NotificationKind.CharacterSubmission, 1, Accepted());
        }
    }

    private static Facts Accepted(string? member = null, string? value = null)
    {
        var facts = new Facts { ["status"] = "accepted", ["notes"] = "Thank you." };
        if (member is not null)
        {
            facts[member] = value;
        }

        return facts;
    }

    public static int At(int hour) => Begin + (hour * Hour);
}
