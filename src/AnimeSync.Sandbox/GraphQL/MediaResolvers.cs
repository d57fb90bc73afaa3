using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Titles: looking them up, and what of them depends on the caller or the clock.</summary>
internal sealed class MediaResolvers(MediaCatalogue catalogue, UserLists lists, TimeProvider clock)
{
    private const int WeekSeconds = 7 * 24 * 3600;

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.Media"] = context => Search(context).FirstOrDefault() ?? throw AniListError.NotFound();
        resolvers["Page.media"] = context => ((PageSlice)context.Source!).Take(Search(context));
        resolvers["Query.GenreCollection"] = _ => Genres();
        resolvers["Query.MediaTagCollection"] = _ => Tags();
        resolvers["Media.title"] = context => Title(context);
        resolvers["Media.coverImage"] = context => Cover(context);
        resolvers["Media.mediaListEntry"] = context => OwnEntry(context);
        resolvers["Media.nextAiringEpisode"] = context => NextEpisode((Facts)context.Source!);
        resolvers["Media.airingSchedule"] = context => Schedule((Facts)context.Source!);
        resolvers["AiringSchedule.media"] = context => catalogue.Find((int)((Facts)context.Source!)["mediaId"]!);
        resolvers["MediaEdge.node"] = context => Known(((Facts)context.Source!).GetValueOrDefault("node"));
        resolvers["MediaConnection.nodes"] = context => Nodes((Facts)context.Source!).Select(Known).ToList();
        resolvers["Recommendation.mediaRecommendation"] = context =>
            Known(((Facts)context.Source!).GetValueOrDefault("mediaRecommendation"));
        resolvers["Media.studios"] = context => Studios(context);
        foreach (var connection in (string[])["Studio", "Character", "Staff", "Recommendation", "AiringSchedule"])
        {
            resolvers[$"{connection}Connection.nodes"] = context => Nodes((Facts)context.Source!).ToList();
        }
    }

    private static int IdOf(IResolveFieldContext context) => MediaCatalogue.IdOf((Facts)context.Source!);

    private IEnumerable<Facts> Search(IResolveFieldContext context)
    {
        var given = context.AllGiven().ToList();
        // The common question needs no walk through the catalogue.
        IEnumerable<Facts> found = context.GivenInt("id") is { } id
            ? catalogue.Find(id) is { } one
                ? [one]
                : []
            : catalogue.All;
        foreach (var (name, value) in given)
        {
            found = name switch
            {
                "sort" or "id" => found,
                "onList" => found.Where(media => OnList(context, media) == (bool)value),
                _ => found.Where(media => MediaFilter.Matches(media, name, value)),
            };
        }

        return Ordering.By(found, context.GivenNames("sort"), MediaFilter.SortKey);
    }

    private bool OnList(IResolveFieldContext context, Facts media) =>
        Call.Of(context).Viewer is { } viewer && lists.Find(viewer.Id, MediaCatalogue.IdOf(media)) is not null;

    private static Facts? Title(IResolveFieldContext context)
    {
        if (((Facts)context.Source!).GetValueOrDefault("title") is not Facts title)
        {
            return null;
        }

        var language = Call.Of(context).Viewer?.TitleLanguage.Split('_')[0].ToLowerInvariant() ?? "romaji";
        return new(title)
        {
            ["userPreferred"] = title.GetValueOrDefault(language) ?? title.GetValueOrDefault("romaji"),
        };
    }

    private static object Cover(IResolveFieldContext context)
    {
        if (((Facts)context.Source!).GetValueOrDefault("coverImage") is { } recorded)
        {
            return recorded;
        }

        var id = IdOf(context);
        var address = $"{Call.Of(context).BaseUrl}/covers/{id}.svg";
        return new Facts
        {
            ["extraLarge"] = address,
            ["large"] = address,
            ["medium"] = address,
            ["color"] = CoverEndpoints.ColourOf(id),
        };
    }

    private Facts? OwnEntry(IResolveFieldContext context) =>
        Call.Of(context).Viewer is { } viewer ? lists.Find(viewer.Id, IdOf(context))?.ToFacts() : null;

    // Weekly from the first day on, as if nothing ever paused.
    private Facts? NextEpisode(Facts media)
    {
        if (
            media.GetValueOrDefault("startDate") is not Facts { } date
            || date.GetValueOrDefault("day") is not int day
            || date.GetValueOrDefault("month") is not int month
            || (string?)media.GetValueOrDefault("status") != "RELEASING"
        )
        {
            return null;
        }

        if (!MediaCatalogue.IsAnime(media))
        {
            return null;
        }

        var first = new DateTimeOffset((int)date["year"]!, month, day, 15, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var episode = now < first ? 1 : (int)((now - first) / WeekSeconds) + 2;
        var airingAt = first + ((episode - 1L) * WeekSeconds);
        return new()
        {
            ["id"] = (MediaCatalogue.IdOf(media) % 200_000 * 10_000) + episode,
            ["airingAt"] = (int)airingAt,
            ["timeUntilAiring"] = (int)(airingAt - now),
            ["episode"] = episode,
            ["mediaId"] = MediaCatalogue.IdOf(media),
        };
    }

    private Facts Schedule(Facts media)
    {
        List<object?> nodes = NextEpisode(media) is { } next ? [next] : [];
        return new() { ["nodes"] = nodes, ["pageInfo"] = null };
    }

    private static Facts? Studios(IResolveFieldContext context)
    {
        var studios = (Facts?)((Facts)context.Source!).GetValueOrDefault("studios");
        if (!context.IsGiven("isMain") || studios?.GetValueOrDefault("edges") is not List<object?> edges)
        {
            return studios;
        }

        var wanted = context.Given<bool>("isMain");
        var kept = edges
            .OfType<Facts>()
            .Where(edge => (edge.GetValueOrDefault("isMain") as bool? ?? false) == wanted)
            .ToList<object?>();
        return new Facts { ["edges"] = kept, ["nodes"] = kept.Select(edge => ((Facts)edge!)["node"]).ToList() };
    }

    // A related title may be recorded in passing only; the catalogue's is the richer one.
    private object? Known(object? node) =>
        node is Facts facts ? catalogue.Find(MediaCatalogue.IdOf(facts)) ?? facts : null;

    private static IEnumerable<object?> Nodes(Facts connection) =>
        connection.GetValueOrDefault("nodes") as List<object?>
        ?? (connection.GetValueOrDefault("edges") as List<object?>)
            ?.OfType<Facts>()
            .Select(edge => edge.GetValueOrDefault("node"))
        ?? [];

    private List<string> Genres() =>
        [
            .. catalogue
                .All.SelectMany(media => (List<object?>)media["genres"]!)
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private List<Facts> Tags() =>
        [
            .. catalogue
                .All.SelectMany(media => (List<object?>)media["tags"]!)
                .OfType<Facts>()
                .DistinctBy(tag => tag["id"]),
        ];
}
