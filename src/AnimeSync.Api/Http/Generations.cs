using System.Collections.Concurrent;

namespace AnimeSync.Api.Http;

/// <summary>
/// Remembers what was used of late, bounded: two generations of equal size, the older one dropped whole when the newer
/// is full.
/// </summary>
internal class Generations<TKey, TValue>(int perGeneration)
    where TKey : notnull
    where TValue : class
{
    private ConcurrentDictionary<TKey, TValue> _recent = new();
    private ConcurrentDictionary<TKey, TValue> _older = new();
    private int _added;

    public TValue? Find(TKey key)
    {
        if (_recent.TryGetValue(key, out var value))
        {
            return value;
        }

        if (_older.TryGetValue(key, out value))
        {
            Remember(key, value);
        }

        return value;
    }

    public void Remember(TKey key, TValue value)
    {
        var recent = _recent;
        // Counted here, because the dictionary's own count locks all of it.
        if (
            recent.TryAdd(key, value)
            && Interlocked.Increment(ref _added) >= perGeneration
            && Interlocked.CompareExchange(ref _recent, new ConcurrentDictionary<TKey, TValue>(), recent) == recent
        )
        {
            _added = 0;
            _older = recent;
        }
    }
}
