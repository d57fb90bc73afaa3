using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Airing;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;

namespace AnimeSync.Sandbox.Community;

/// <summary>Everybody's notifications: those that somebody caused, and the airings that the clock causes.</summary>
internal sealed class Notifications(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    UserLists lists,
    TimeProvider clock
)
{
    // How far back airings are told of; older ones are on nobody's mind.
    private const int AiringSeconds = 28 * 24 * 3600;

    private readonly Lock gate = new();
    private readonly List<Notification> sent = [];
    private readonly Dictionary<int, (int LastId, int At)> read = [];
    private int lastId = 600_000_000;

    public void Send(
        int recipientId,
        NotificationKind kind,
        int at,
        int? actorId,
        int? subjectId,
        Facts? details = null
    )
    {
        if (recipientId == actorId || !Wants(recipientId, kind.Type))
        {
            return;
        }

        lock (gate)
        {
            // Who likes, unlikes and likes again is told of once.
            var isRepeated = sent.Exists(other =>
                (other.RecipientId, other.Kind, other.ActorId, other.SubjectId)
                == (recipientId, kind, actorId, subjectId)
            );
            if (actorId is null || !isRepeated || !kind.Type.EndsWith("LIKE", StringComparison.Ordinal))
            {
                sent.Add(
                    new(++lastId, recipientId, kind, at)
                    {
                        ActorId = actorId,
                        SubjectId = subjectId,
                        Details = details ?? [],
                    }
                );
            }
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Notification> Of(int userId)
    {
        var airings = Airings(userId).ToList();
        lock (gate)
        {
            return
            [
                .. sent.Where(notification => notification.RecipientId == userId)
                    .Concat(airings)
                    .OrderByDescending(notification => notification.CreatedAt)
                    .ThenByDescending(notification => notification.Id),
            ];
        }
    }

    public int CountUnread(int userId)
    {
        var all = Of(userId);
        lock (gate)
        {
            var (id, at) = read.GetValueOrDefault(userId);
            return all.Count(found => found.Kind == NotificationKind.Airing ? found.CreatedAt > at : found.Id > id);
        }
    }

    public void MarkRead(int userId)
    {
        lock (gate)
        {
            read[userId] = (lastId, (int)clock.GetUtcNow().ToUnixTimeSeconds());
        }
    }

    private IEnumerable<Notification> Airings(int userId)
    {
        if (Options(userId)?.GetValueOrDefault("airingNotifications") is false)
        {
            yield break;
        }

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var entry in lists.Of(userId).Where(entry => entry.Status is "CURRENT" or "REPEATING"))
        {
            if (catalogue.Find(entry.MediaId) is not { } media)
            {
                continue;
            }

            var aired =
                AiringCalendar.PlanOf(media)?.Between(Math.Max(entry.CreatedAt, now - AiringSeconds), now + 1) ?? [];
            foreach (var (mediaId, episode, at) in aired)
            {
                yield return new(AiringId(mediaId, episode), userId, NotificationKind.Airing, (int)at)
                {
                    SubjectId = entry.MediaId,
                    Details = new()
                    {
                        ["episode"] = episode,
                        ["contexts"] = new List<object?> { "Episode ", " of ", " aired." },
                    },
                };
            }
        }
    }

    // The same every time it is asked for, although nothing is stored.
    private static int AiringId(int mediaId, int episode) => 500_000_000 + (((mediaId * 4000) + episode) & 0x3ff_ffff);

    private bool Wants(int userId, string type) =>
        (Options(userId)?.GetValueOrDefault("notificationOptions") as IEnumerable<object?>)
            ?.OfType<Facts>()
            .Any(option => (string?)option["type"] == type && option["enabled"] is false) != true;

    private Facts? Options(int userId) => accounts.Find(userId)?.ToFacts(seenByOwner: true)["options"] as Facts;
}
