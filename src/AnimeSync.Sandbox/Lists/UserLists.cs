using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Lists;

/// <summary>All users' entries; an entry is replaced as a whole under one lock.</summary>
internal sealed class UserLists
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, ListEntry> entries = [];
    private int lastId = 400_000_000;

    public UserLists(MediaCatalogue catalogue)
    {
        foreach (var sample in SampleLists.Create(catalogue))
        {
            Add(id => sample with { Id = id });
        }
    }

    public IReadOnlyList<ListEntry> Of(int userId)
    {
        lock (gate)
        {
            return [.. entries.Values.Where(entry => entry.UserId == userId)];
        }
    }

    public IReadOnlyList<ListEntry> All
    {
        get
        {
            lock (gate)
            {
                return [.. entries.Values];
            }
        }
    }

    public ListEntry? Find(int id)
    {
        lock (gate)
        {
            return entries.GetValueOrDefault(id);
        }
    }

    public ListEntry? Find(int userId, int mediaId)
    {
        lock (gate)
        {
            return entries.Values.FirstOrDefault(entry => entry.UserId == userId && entry.MediaId == mediaId);
        }
    }

    /// <summary>Changes the user's entry of that title, or creates it; the caller's function sees the newest state.</summary>
    public ListEntry Save(SandboxUser user, int mediaId, Func<ListEntry, bool, ListEntry> change)
    {
        lock (gate)
        {
            var found = Find(user.Id, mediaId);
            return found is null
                ? Add(id => change(new ListEntry(id, user.Id, mediaId), true))
                : entries[found.Id] = change(found, false);
        }
    }

    public bool Delete(int userId, int id)
    {
        lock (gate)
        {
            return entries.TryGetValue(id, out var entry) && entry.UserId == userId && entries.Remove(id);
        }
    }

    private ListEntry Add(Func<int, ListEntry> create)
    {
        lock (gate)
        {
            var entry = create(lastId + 1);
            lastId++;
            return entries[entry.Id] = entry;
        }
    }
}
