using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;

namespace AnimeSync.Sandbox.Community;

/// <summary>Titles that go, as AniList's moderators merge and delete them: out of the catalogue and the lists, with a word to their owners.</summary>
internal sealed class CatalogueChanges(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    UserLists lists,
    Notifications notifications,
    TimeProvider clock
)
{
    /// <summary>Entries go over to the other title, unless their owner has that one already. False when there is no such pair.</summary>
    public bool Merge(int id, int otherId)
    {
        if (id == otherId || catalogue.Find(otherId) is null || catalogue.Remove(id) is not { } removed)
        {
            return false;
        }

        foreach (var entry in EntriesOf(id))
        {
            if (accounts.Find(entry.UserId) is { } owner)
            {
                lists.Delete(owner.Id, entry.Id);
                lists.Save(
                    owner,
                    otherId,
                    (kept, isNew) => isNew ? entry with { Id = kept.Id, MediaId = otherId } : kept
                );
                Tell(
                    owner.Id,
                    NotificationKind.Merge,
                    otherId,
                    new()
                    {
                        ["deletedMediaTitles"] = new List<object?> { TitleOf(removed) },
                        ["reason"] = "The same title twice.",
                    }
                );
            }
        }

        return true;
    }

    /// <summary>False when there is no such title.</summary>
    public bool Delete(int id)
    {
        if (catalogue.Remove(id) is not { } removed)
        {
            return false;
        }

        foreach (var entry in EntriesOf(id))
        {
            lists.Delete(entry.UserId, entry.Id);
            Tell(
                entry.UserId,
                NotificationKind.Deletion,
                null,
                new() { ["deletedMediaTitle"] = TitleOf(removed), ["reason"] = "Not a title AniList keeps." }
            );
        }

        return true;
    }

    private List<ListEntry> EntriesOf(int id) => [.. lists.All.Where(entry => entry.MediaId == id)];

    private void Tell(int userId, NotificationKind kind, int? subjectId, Facts details) =>
        notifications.Send(userId, kind, (int)clock.GetUtcNow().ToUnixTimeSeconds(), null, subjectId, details);

    private static string TitleOf(Facts media) => MediaCatalogue.TitleOf(media, "romaji") ?? $"{media["id"]}";
}
