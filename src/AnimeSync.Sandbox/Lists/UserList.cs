namespace AnimeSync.Sandbox.Lists;

/// <summary>One user's entries by title. Guarded by the lock of <see cref="UserLists"/>.</summary>
internal sealed class UserList(IEnumerable<ListEntry> samples)
{
    private readonly Dictionary<int, ListEntry> entries = samples.ToDictionary(entry => entry.MediaId);
    private ListSnapshot? snapshot;

    public IEnumerable<ListEntry> Entries => entries.Values;

    public ListSnapshot Snapshot => snapshot ??= new([.. entries.Values.OrderBy(entry => entry.Id)]);

    public ListEntry? Find(int mediaId) => entries.GetValueOrDefault(mediaId);

    public void Put(ListEntry entry)
    {
        entries[entry.MediaId] = entry;
        snapshot = null;
    }

    public void Remove(int mediaId)
    {
        entries.Remove(mediaId);
        snapshot = null;
    }
}
