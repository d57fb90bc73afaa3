using AnimeSync.Sandbox.Airing;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Titles: looking them up, and what of them depends on the caller.</summary>
internal sealed class MediaResolvers(MediaCatalogue catalogue, UserLists lists, AiringCalendar calendar)
{
    // The schema's words: tags below this rank do not count in a filter unless the caller says otherwise.
    private const int DefaultMinimumTagRank = 18;

    private static readonly string[] Genres =
    [
        "Action",
        "Adventure",
        "Comedy",
        "Drama",
        "Ecchi",
        "Fantasy",
        "Hentai",
        "Horror",
        "Mahou Shoujo",
        "Mecha",
        "Music",
        "Mystery",
        "Psychological",
        "Romance",
        "Sci-Fi",
        "Slice of Life",
        "Sports",
        "Supernatural",
        "Thriller",
    ];

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.Media"] = context => Search(context).FirstOrDefault() ?? throw AniListError.NotFound();
        resolvers["Page.media"] = context => ((PageSlice)context.Source!).Take(Search(context));
        resolvers["Query.GenreCollection"] = _ => Genres;
        resolvers["Query.MediaTagCollection"] = _ => MediaTags.All;
        resolvers["Media.title"] = context => Title(context);
        resolvers["Media.coverImage"] = context => Cover(context);
        resolvers["Media.bannerImage"] = context => Banner(context);
        resolvers["Media.mediaListEntry"] = context => OwnEntry(context);
    }

    private static int IdOf(IResolveFieldContext context) => MediaCatalogue.IdOf((Facts)context.Source!);

    private IEnumerable<Facts> Search(IResolveFieldContext context)
    {
        var found = Candidates(context);
        foreach (var (name, value) in context.AllGiven())
        {
            if (PredicateOf(context, name, value) is { } predicate)
            {
                found = found.Where(predicate);
            }
        }

        var search = context.Given<string>("search");
        var sorts = context.GivenNames("sort");
        // A search that names no order is answered with the closest names first.
        return Ordering.By(
            found,
            sorts.Count == 0 && search is not null ? ["SEARCH_MATCH"] : sorts,
            (media, name) =>
                name == "SEARCH_MATCH" && search is not null
                    ? MediaSearch.Distance(media, search)
                    : MediaFilter.SortKey(media, name)
        );
    }

    // Questions by id, which are the common ones, need no walk through the catalogue.
    private IEnumerable<Facts> Candidates(IResolveFieldContext context) =>
        context.GivenInt("id") is { } id ? Known([id])
        : context.Given<IEnumerable<object?>>("id_in") is { } ids ? Known(ids.OfType<int>().Distinct().Order())
        : catalogue.All;

    private IEnumerable<Facts> Known(IEnumerable<int> ids) => ids.Select(catalogue.Find).OfType<Facts>();

    private Func<Facts, bool>? PredicateOf(IResolveFieldContext context, string name, object value)
    {
        if (name is "sort" or "id" or "minimumTagRank" || (name == "id_in" && context.GivenInt("id") is null))
        {
            return null;
        }

        if (name == "onList")
        {
            var onList = Call.Of(context).Viewer is { } viewer
                ? lists.Of(viewer.Id).Select(entry => entry.MediaId).ToHashSet()
                : [];
            return media => onList.Contains(MediaCatalogue.IdOf(media)) == (bool)value;
        }

        return name.StartsWith("tag", StringComparison.Ordinal)
            ? MediaFilter.ForTags(name, value, context.GivenInt("minimumTagRank") ?? DefaultMinimumTagRank)
            : MediaFilter.For(name, value, calendar);
    }

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
            ["color"] = Pictures.ColourOf(id),
        };
    }

    private static object Banner(IResolveFieldContext context) =>
        ((Facts)context.Source!).GetValueOrDefault("bannerImage")
        ?? $"{Call.Of(context).BaseUrl}/banners/{IdOf(context)}.svg";

    private Facts? OwnEntry(IResolveFieldContext context) =>
        Call.Of(context).Viewer is { } viewer ? lists.Find(viewer.Id, IdOf(context))?.ToFacts() : null;
}
