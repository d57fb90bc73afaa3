using GraphQL;
using GraphQL.DataLoader;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>One Page: its data field fills it, and pageInfo is answered after that field, whatever their order.</summary>
internal sealed class PageSlice(int page, int perPage)
{
    private const int MostPerPage = 50;

    // AniList's schema: deeper pages are refused, and the total it tells is never more.
    private const int DeepestEntry = 5000;

    private int total;

    public static PageSlice Open(IResolveFieldContext context)
    {
        var page = Math.Max(1, context.GivenInt("page") ?? 1);
        var perPage = Math.Clamp(context.GivenInt("perPage") ?? MostPerPage, 1, MostPerPage);
        return (long)page * perPage > DeepestEntry
            ? throw new AniListError(
                400,
                $"Page depth exceeds maximum allowed for API requests ({DeepestEntry} entries)"
            )
            : new(page, perPage);
    }

    public static Facts InfoOf(int page, int perPage, int total) =>
        new()
        {
            ["total"] = Math.Min(total, DeepestEntry),
            ["perPage"] = perPage,
            ["currentPage"] = page,
            ["lastPage"] = LastPage(perPage, total),
            ["hasNextPage"] = page < LastPage(perPage, total),
        };

    // A page that reaches beyond the depth is refused whole, so the last one is the last that does not.
    private static int LastPage(int perPage, int total) =>
        Math.Max(1, Math.Min((int)(((long)total + perPage - 1) / perPage), DeepestEntry / perPage));

    public List<T> Take<T>(IEnumerable<T> items)
    {
        var all = items as IReadOnlyList<T> ?? [.. items];
        total = all.Count;
        return [.. all.Skip((page - 1) * perPage).Take(perPage)];
    }

    public IDataLoaderResult InfoAfterwards() => new Afterwards(this);

    public Facts Info() => InfoOf(page, perPage, total);

    // The executer asks for such results when every plain field beside them has its value.
    private sealed class Afterwards(PageSlice slice) : IDataLoaderResult
    {
        public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult<object?>(slice.Info());
    }
}
