using AnimeSync.Sandbox.Airing;
using AnimeSync.Sandbox.Catalogue;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>What hangs on a title: its relations, studios, links, places and numbers, and the enums that have versions.</summary>
internal sealed class MediaDetailResolvers(MediaCatalogue catalogue, AiringCalendar calendar)
{
    private readonly Rankings rankings = new(catalogue);

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Media.status"] = context =>
            EnumVersions.Status(calendar.StatusOf(SourceOf(context)), context.GivenInt("version"));
        resolvers["Media.source"] = context =>
            EnumVersions.Source(SourceOf(context).GetValueOrDefault("source") as string, context.GivenInt("version"));
        resolvers["Media.description"] = Description;
        resolvers["Media.relations"] = context => RelationsOf(SourceOf(context));
        resolvers["Media.studios"] = StudiosOf;
        resolvers["Media.externalLinks"] = context => Streaming.LinksOf(SourceOf(context)).ToList();
        resolvers["MediaExternalLink.icon"] = context =>
            SourceOf(context).GetValueOrDefault("icon")
            ?? (
                SourceOf(context).GetValueOrDefault("siteId") is int site && Streaming.NameOfSite(site) is not null
                    ? $"{Call.Of(context).BaseUrl}/icons/{site}.svg"
                    : null
            );
        resolvers["Media.streamingEpisodes"] = context =>
            Streaming.EpisodesOf(SourceOf(context), Call.Of(context).BaseUrl).ToList();
        resolvers["Media.trailer"] = context => Streaming.TrailerOf(SourceOf(context), Call.Of(context).BaseUrl);
        resolvers["Media.rankings"] = context => rankings.Of(SourceOf(context)).ToList();
        resolvers["Media.stats"] = context =>
            Popularity.StatsOf(SourceOf(context), calendar.StatusOf(SourceOf(context)));
        resolvers["MediaEdge.relationType"] = context =>
            EnumVersions.Relation(
                SourceOf(context).GetValueOrDefault("relationType") as string,
                context.GivenInt("version")
            );
        resolvers["MediaEdge.node"] = context => Known(SourceOf(context).GetValueOrDefault("node"));
        resolvers["MediaConnection.nodes"] = context => Nodes(SourceOf(context)).Select(Known).ToList();
        resolvers["Recommendation.mediaRecommendation"] = context =>
            Known(SourceOf(context).GetValueOrDefault("mediaRecommendation"));
        foreach (var connection in (string[])["Studio", "Character", "Staff", "Recommendation", "AiringSchedule"])
        {
            resolvers[$"{connection}Connection.nodes"] = context => Nodes(SourceOf(context)).ToList();
        }
    }

    private static Facts SourceOf(IResolveFieldContext context) => (Facts)context.Source!;

    private static string? Description(IResolveFieldContext context)
    {
        var text = SourceOf(context).GetValueOrDefault("description") as string;
        return context.Given<bool>("asHtml") && text is not null
            ? $"<p>{text.Replace("<br><br>\n", "</p>\n<p>", StringComparison.Ordinal)}</p>"
            : text;
    }

    private Facts RelationsOf(Facts media)
    {
        var id = MediaCatalogue.IdOf(media);
        var edges =
            (media.GetValueOrDefault("relations") as Facts)?.GetValueOrDefault("edges") as List<object?>
            ??
            [
                .. from relation in Relations.Of(id)
                let node = catalogue.Find(relation.To)
                where node is not null
                select new Facts
                {
                    ["id"] = (id * 1000) + (relation.To % 1000),
                    ["relationType"] = relation.Type,
                    ["node"] = node,
                },
            ];
        return Connections.Whole(edges);
    }

    private static Facts StudiosOf(IResolveFieldContext context)
    {
        var studios = SourceOf(context).GetValueOrDefault("studios") as Facts;
        var edges = (studios?.GetValueOrDefault("edges") as List<object?> ?? []).OfType<Facts>();
        if (studios?.GetValueOrDefault("edges") is not List<object?> && studios is not null)
        {
            // Recorded without edges: who made it and who took part is not known.
            return studios;
        }

        if (context.IsGiven("isMain"))
        {
            var wanted = context.Given<bool>("isMain");
            edges = edges.Where(edge => (edge.GetValueOrDefault("isMain") as bool? ?? false) == wanted);
        }

        return Connections.Whole([.. Ordering.By(edges, context.GivenNames("sort"), StudioKey)]);
    }

    private static object? StudioKey(Facts edge, string name) =>
        (edge.GetValueOrDefault("node") as Facts)?.GetValueOrDefault(
            name == "SEARCH_MATCH" ? "id" : name.ToLowerInvariant()
        );

    // A related title may be recorded in passing only; the catalogue's is the richer one.
    private object? Known(object? node) =>
        node is Facts facts ? catalogue.Find(MediaCatalogue.IdOf(facts)) ?? facts : null;

    private static IEnumerable<object?> Nodes(Facts connection) =>
        connection.GetValueOrDefault("nodes") as List<object?>
        ?? (connection.GetValueOrDefault("edges") as List<object?>)
            ?.OfType<Facts>()
            .Select(edge => edge.GetValueOrDefault("node"))
        ?? [];
}
