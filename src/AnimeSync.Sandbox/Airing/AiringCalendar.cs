using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Airing;

/// <summary>All airings of a catalogue on the sandbox's clock.</summary>
internal sealed class AiringCalendar(MediaCatalogue catalogue, TimeProvider clock)
{
    // Nobody announces airings further ahead.
    private const long Horizon = 366 * 24 * 3600;

    // Only these are broadcast; a film or a disc is out on one day.
    private static readonly HashSet<string?> Broadcast = ["TV", "TV_SHORT", "ONA"];

    public long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A title that is said to be running or to come is judged by the clock, where its days are known.</summary>
    public string? StatusOf(Facts media)
    {
        var said = media.GetValueOrDefault("status") as string;
        return said is "RELEASING" or "NOT_YET_RELEASED" && AiringPlan.Of(media) is { } plan
            ? plan.StatusAt(Now)
            : said;
    }

    public static AiringPlan? PlanOf(Facts media) =>
        Broadcast.Contains(media.GetValueOrDefault("format") as string) && !IsStopped(media)
            ? AiringPlan.Of(media)
            : null;

    public EpisodeAiring? NextOf(Facts media) => PlanOf(media)?.NextAfter(Now);

    /// <summary>Everything between two moments, both outside; one title's or all titles'.</summary>
    public IEnumerable<EpisodeAiring> Between(int? mediaId, long after, long before) =>
        from media in mediaId is { } id ? Known(id) : catalogue.All
        let plan = PlanOf(media)
        where plan is not null
        from airing in plan.Between(after, Math.Min(before, Now + Horizon))
        select airing;

    public EpisodeAiring? Find(int mediaId, int episode) =>
        catalogue.Find(mediaId) is { } media ? PlanOf(media)?.Find(episode) : null;

    private IEnumerable<Facts> Known(int id) => catalogue.Find(id) is { } media ? [media] : [];

    private static bool IsStopped(Facts media) => media.GetValueOrDefault("status") is "CANCELLED" or "HIATUS";
}
