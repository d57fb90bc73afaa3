using AnimeSync.Sandbox.Airing;
using AnimeSync.Sandbox.Catalogue;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Airing times, as one title's and as everybody's schedule.</summary>
internal sealed class AiringResolvers(MediaCatalogue catalogue, AiringCalendar calendar)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.AiringSchedule"] = One;
        resolvers["Page.airingSchedules"] = context =>
            ((PageSlice)context.Source!)
                .Take(Sorted(context, Window(context, context.GivenInt("mediaId"))))
                .Select(airing => airing.ToFacts(calendar.Now))
                .ToList();
        resolvers["Media.nextAiringEpisode"] = context =>
            calendar.NextOf((Facts)context.Source!)?.ToFacts(calendar.Now);
        resolvers["Media.airingSchedule"] = OfTitle;
        resolvers["AiringSchedule.media"] = context => catalogue.Find((int)((Facts)context.Source!)["mediaId"]!);
    }

    private Facts One(IResolveFieldContext context) =>
        context.GivenInt("mediaId") is { } id && calendar.Find(id, context.GivenInt("episode") ?? 1) is { } airing
            ? airing.ToFacts(calendar.Now)
            : throw AniListError.NotFound();

    private Facts OfTitle(IResolveFieldContext context)
    {
        var plan = AiringCalendar.PlanOf((Facts)context.Source!);
        return Connections.Page(
            context,
            plan is null ? [] : Window(context, plan.MediaId),
            airing => new() { ["node"] = airing.ToFacts(calendar.Now) }
        );
    }

    private IEnumerable<EpisodeAiring> Window(IResolveFieldContext context, int? mediaId)
    {
        var after = (long?)context.GivenInt("airingAt_greater") ?? long.MinValue;
        var before = (long?)context.GivenInt("airingAt_lesser") ?? long.MaxValue;
        if (context.IsGiven("notYetAired"))
        {
            (after, before) = context.Given<bool>("notYetAired")
                ? (Math.Max(after, calendar.Now), before)
                : (after, Math.Min(before, calendar.Now + 1));
        }

        return calendar.Between(mediaId, after, before);
    }

    private static IEnumerable<EpisodeAiring> Sorted(
        IResolveFieldContext context,
        IEnumerable<EpisodeAiring> airings
    ) =>
        Ordering.By(
            airings,
            context.GivenNames("sort"),
            (airing, name) =>
                name switch
                {
                    "MEDIA_ID" => airing.MediaId,
                    "TIME" => airing.At,
                    "EPISODE" => airing.Episode,
                    _ => airing.Id,
                }
        );
}
