namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Studios by the names that titles give; their ids are the sandbox's own.</summary>
internal static class Studios
{
    /// <summary>A title's studios as a connection. The first name made it; the others took part.</summary>
    public static Facts Connection(IEnumerable<string> names)
    {
        List<object?> edges = [.. names.Select((name, index) => Edge(Of(name), index == 0))];
        return new() { ["edges"] = edges, ["nodes"] = edges.Select(edge => ((Facts)edge!)["node"]).ToList() };
    }

    // Stable and positive, so that the same studio has one id in every title and in every run.
    public static int IdOf(string name) => name.Aggregate(7, (hash, letter) => ((hash * 31) + letter) % 100_003);

    private static Facts Edge(Facts studio, bool isMain) =>
        new()
        {
            ["node"] = studio,
            ["id"] = studio["id"],
            ["isMain"] = isMain,
        };

    private static Facts Of(string name)
    {
        var id = IdOf(name);
        return new()
        {
            ["id"] = id,
            ["name"] = name,
            ["isAnimationStudio"] = true,
            ["isFavourite"] = false,
            ["siteUrl"] = $"https://anilist.co/studio/{id}",
            ["favourites"] = id % 9000,
        };
    }
}
