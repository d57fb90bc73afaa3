using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;

namespace AnimeSync.Sandbox.Community;

/// <summary>Tells of changes of a list as activities: "watched episode 3 - 5". Close ones of one title become one.</summary>
internal sealed class ListActivities(Posts posts, MediaCatalogue catalogue)
{
    private const int DefaultMergeMinutes = 720;

    public void Record(SandboxUser user, ListEntry? before, ListEntry after, int at)
    {
        if (after.Private || catalogue.Find(after.MediaId) is not { } media)
        {
            return;
        }

        var isAnime = MediaCatalogue.IsAnime(media);
        var options = user.ToFacts(seenByOwner: true)["options"] as Facts;
        if (Describe(before, after, isAnime) is not { } status || IsDisabled(options, after.Status))
        {
            return;
        }

        (int From, int To)? progress =
            status.EndsWith("episode", StringComparison.Ordinal) || status.EndsWith("chapter", StringComparison.Ordinal)
                ? (Math.Min((before?.Progress ?? 0) + 1, after.Progress), after.Progress)
                : null;
        var mergeSeconds = 60 * (options?.GetValueOrDefault("activityMergeTime") as int? ?? DefaultMergeMinutes);
        if (
            posts.LastListActivityOf(user.Id) is { } last
            && last.MediaId == after.MediaId
            && last.Status == status
            && at - last.UpdatedAt < mergeSeconds
        )
        {
            posts.Change<Activity>(
                last.Id,
                found =>
                    found with
                    {
                        UpdatedAt = at,
                        Progress =
                            progress is { } added && found.Progress is { } told
                                ? (Math.Min(told.From, added.From), added.To)
                                : progress,
                    }
            );
            return;
        }

        posts.Add(id => new Activity(id, user.Id, at, isAnime ? "ANIME_LIST" : "MANGA_LIST")
        {
            MediaId = after.MediaId,
            Status = status,
            Progress = progress,
            Subscribers = [user.Id],
        });
    }

    private static string? Describe(ListEntry? before, ListEntry after, bool isAnime)
    {
        var wentOn = after.Progress > (before?.Progress ?? 0);
        if (after.Status == before?.Status && !wentOn)
        {
            return null;
        }

        var unit = isAnime ? "watched episode" : "read chapter";
        return after.Status switch
        {
            "CURRENT" when wentOn => unit,
            "REPEATING" when wentOn => "re" + unit,
            "COMPLETED" when before?.Status == "REPEATING" => isAnime ? "rewatched" : "reread",
            "COMPLETED" when before?.Status != "COMPLETED" => "completed",
            "PLANNING" when before?.Status != "PLANNING" => isAnime ? "plans to watch" : "plans to read",
            "PAUSED" when before?.Status != "PAUSED" => isAnime ? "paused watching" : "paused reading",
            "DROPPED" when before?.Status != "DROPPED" => "dropped",
            _ => null,
        };
    }

    private static bool IsDisabled(Facts? options, string status) =>
        (options?.GetValueOrDefault("disabledListActivity") as IEnumerable<object?>)
            ?.OfType<Facts>()
            .Any(option => (string?)option["type"] == status && option["disabled"] is true) == true;
}
