using System.Collections.Concurrent;

namespace AnimeSync.Sandbox.Lists;

/// <summary>Entries at one moment, by id. Orders are remembered, so that a walk through pages or chunks sorts once.</summary>
internal sealed class ListSnapshot(IReadOnlyList<ListEntry> entries)
{
    private const int MostOrders = 16;

    private readonly ConcurrentDictionary<string, IReadOnlyList<ListEntry>> orders = new();

    public IReadOnlyList<ListEntry> Entries => entries;

    public IReadOnlyList<ListEntry> InOrder(IReadOnlyList<string> sorts, Func<ListEntry, string, object?> keyOf)
    {
        if (sorts.Count == 0)
        {
            return entries;
        }

        if (orders.Count >= MostOrders)
        {
            orders.Clear();
        }

        return orders.GetOrAdd(string.Join(' ', sorts), _ => [.. Ordering.By(entries, sorts, keyOf)]);
    }
}
