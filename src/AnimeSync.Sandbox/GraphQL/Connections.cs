using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>AniList's connections: edges, the same as nodes, and where in the whole they are.</summary>
internal static class Connections
{
    // Every connection in AniList's schema that has pages says so.
    private const int MostPerPage = 25;

    /// <summary>One page of the items by the field's own page arguments; only what is on it becomes an edge.</summary>
    public static Facts Page<T>(IResolveFieldContext context, IEnumerable<T> items, Func<T, Facts> toEdge)
    {
        var slice = new PageSlice(
            Math.Max(1, context.GivenInt("page") ?? 1),
            Math.Clamp(context.GivenInt("perPage") ?? MostPerPage, 1, MostPerPage)
        );
        var edges = slice.Take(items).ConvertAll<object?>(item => toEdge(item));
        return new()
        {
            ["edges"] = edges,
            ["nodes"] = edges.ConvertAll(edge => ((Facts)edge!)["node"]),
            ["pageInfo"] = slice.Info(),
        };
    }

    /// <summary>A connection that has no pages: everything at once.</summary>
    public static Facts Whole(IReadOnlyList<object?> edges) =>
        new()
        {
            ["edges"] = edges,
            ["nodes"] = edges.OfType<Facts>().Select(edge => edge.GetValueOrDefault("node")).ToList(),
            ["pageInfo"] = PageSlice.InfoOf(1, MostPerPage, edges.Count),
        };
}
