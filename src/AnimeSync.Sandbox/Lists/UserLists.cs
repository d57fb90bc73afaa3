using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Lists;

/// <summary>All users' lists; an entry is replaced as a whole under one lock. A sample list is made when first asked for.</summary>
internal sealed class UserLists(MediaCatalogue catalogue)
{
    private readonly Lock gate = new();
    private readonly SampleLists samples = new(catalogue);
    private readonly Dictionary<int, UserList> lists = [];
    private readonly Dictionary<int, (int UserId, int MediaId)> places = [];
    private ListSnapshot? everything;
    private int lastId = SampleLists.LastId;

    public IReadOnlyList<ListEntry> Of(int userId) => SnapshotOf(userId).Entries;

    public IReadOnlyList<ListEntry> All => SnapshotOfAll().Entries;

    public ListSnapshot SnapshotOf(int userId)
    {
        lock (gate)
        {
            return ListOf(userId).Snapshot;
        }
    }

    public ListSnapshot SnapshotOfAll()
    {
        lock (gate)
        {
            foreach (var userId in SampleLists.Owners)
            {
                ListOf(userId);
            }

            return everything ??= new([.. lists.Values.SelectMany(list => list.Entries).OrderBy(entry => entry.Id)]);
        }
    }

    public ListEntry? Find(int id)
    {
        lock (gate)
        {
            if (SampleLists.OwnerOf(id) is { } owner)
            {
                ListOf(owner);
            }

            return places.TryGetValue(id, out var place) ? ListOf(place.UserId).Find(place.MediaId) : null;
        }
    }

    public ListEntry? Find(int userId, int mediaId)
    {
        lock (gate)
        {
            return ListOf(userId).Find(mediaId);
        }
    }

    /// <summary>Changes the user's entry of that title, or creates it; the caller's function sees the newest state.</summary>
    public ListEntry Save(SandboxUser user, int mediaId, Func<ListEntry, bool, ListEntry> change)
    {
        lock (gate)
        {
            var list = ListOf(user.Id);
            var entry = list.Find(mediaId) is { } found
                ? change(found, false)
                : change(new ListEntry(++lastId, user.Id, mediaId), true);
            places[entry.Id] = (user.Id, mediaId);
            list.Put(entry);
            everything = null;
            return entry;
        }
    }

    public bool Delete(int userId, int id)
    {
        lock (gate)
        {
            if (Find(id) is not { } entry || entry.UserId != userId)
            {
                return false;
            }

            ListOf(userId).Remove(entry.MediaId);
            places.Remove(id);
            everything = null;
            return true;
        }
    }

    /// <summary>Takes entries out of custom lists that their owner no longer has; AniList does not call that an update.</summary>
    public void KeepCustomLists(SandboxUser user)
    {
        lock (gate)
        {
            foreach (var entry in ListOf(user.Id).Entries.Where(entry => entry.CustomLists.Count > 0).ToList())
            {
                var names = user.ListOf(catalogue.Find(entry.MediaId)?["type"] as string).CustomLists;
                if (!entry.CustomLists.All(names.Contains))
                {
                    ListOf(user.Id).Put(entry with { CustomLists = [.. entry.CustomLists.Where(names.Contains)] });
                    everything = null;
                }
            }
        }
    }

    private UserList ListOf(int userId)
    {
        if (!lists.TryGetValue(userId, out var list))
        {
            lists[userId] = list = new UserList(samples.Of(userId));
            foreach (var entry in list.Entries)
            {
                places[entry.Id] = (userId, entry.MediaId);
            }

            everything = null;
        }

        return list;
    }
}
