namespace AnimeSync.AniList.Tests.Operations;

/// <summary>A generated array read as decisions, so that CsCheck shrinks what was decided. Behind its end all are zero.</summary>
internal sealed class Choices(byte[] bytes)
{
    private int _next;

    public int Below(int count) => (_next < bytes.Length ? bytes[_next++] : 0) % count;

    /// <summary>One time in <paramref name="often"/>; never behind the end.</summary>
    public bool Sometimes(int often) => Below(often) == often - 1;

    public T Of<T>(IReadOnlyList<T> some) => some[Below(some.Count)];

    public List<T> Shuffled<T>(IEnumerable<T> some)
    {
        var rest = some.ToList();
        for (var i = rest.Count - 1; i > 0; i--)
        {
            var j = i - Below(i + 1);
            (rest[i], rest[j]) = (rest[j], rest[i]);
        }

        return rest;
    }
}
