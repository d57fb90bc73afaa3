using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using AnimeSync.Sandbox.People;
using AnimeSync.Sandbox.Statistics;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>A user's statistics, today's and the deprecated ones. A group is counted only when it is asked for.</summary>
internal sealed class StatisticsResolvers(MediaCatalogue catalogue, UserLists lists, PeopleIndex people)
{
    private readonly StatisticGroups statisticGroups = new(people);

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["User.statistics"] = context => new Facts { ["id"] = ((Facts)context.Source!)["id"] };
        resolvers["UserStatisticTypes.anime"] = context => Of(context, "ANIME").ToFacts();
        resolvers["UserStatisticTypes.manga"] = context => Of(context, "MANGA").ToFacts();
        foreach (var (field, label, groupsOf) in statisticGroups.All)
        {
            resolvers[$"UserStatistics.{field}"] = context => Groups(context, field, label, groupsOf);
        }

        resolvers["User.stats"] = context =>
            new LegacyStatistics(Of(context, "ANIME"), Of(context, "MANGA"), statisticGroups).ToFacts();
    }

    private ListStatistics Of(IResolveFieldContext context, string type) =>
        ListStatistics.Of(lists, catalogue, (int)((Facts)context.Source!)["id"]!, type);

    private List<Facts> Groups(
        IResolveFieldContext context,
        string field,
        string label,
        Func<Counted, IEnumerable<object?>> groupsOf
    )
    {
        var statistics = (ListStatistics)((Facts)context.Source!)["statistics"]!;
        var entries = field == "statuses" ? statistics.Everything : statistics.Begun;
        var groups = statisticGroups.Read(entries, label, groupsOf, context.GivenNames("sort"));
        return context.GivenInt("limit") is { } limit ? [.. groups.Take(Math.Max(0, limit))] : groups;
    }
}
