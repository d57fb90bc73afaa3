using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Airing;

/// <summary>
/// When one anime's episodes air. It begins and ends on its known days, and what lies between falls on the same weekday;
/// without a known end it goes on weekly, from an airing that is known if there is one.
/// </summary>
internal sealed class AiringPlan
{
    private const long Week = 7 * 24 * 3600;

    private readonly long first;
    private readonly int? episodes;

    // A later airing that is known: the last of a finished series, or a recent one of an endless one.
    private readonly long anchor;
    private readonly int anchorEpisode;

    private AiringPlan(int mediaId, long first, int? episodes, long anchor, int anchorEpisode)
    {
        MediaId = mediaId;
        this.first = first;
        this.episodes = episodes;
        this.anchor = anchor;
        this.anchorEpisode = anchorEpisode;
    }

    public int MediaId { get; }

    /// <summary>Null for what is no anime or has no known first day.</summary>
    public static AiringPlan? Of(Facts media)
    {
        if (!MediaCatalogue.IsAnime(media) || FirstAiring(media, "startDate") is not { } first)
        {
            return null;
        }

        var id = MediaCatalogue.IdOf(media);
        var episodes = media.GetValueOrDefault("episodes") as int?;
        if (AiringSlots.Of(id) is { } slot)
        {
            return new(id, first, episodes, slot.At, slot.Episode);
        }

        var last = episodes > 1 ? FirstAiring(media, "endDate") : null;
        return last >= first
            ? new(id, first, episodes, last.Value, episodes!.Value)
            : new(id, first, episodes, first, 1);
    }

    /// <summary>Whether the first day is still to come, the last is over, or it is between the two.</summary>
    public string StatusAt(long now) =>
        now < At(1) ? "NOT_YET_RELEASED"
        : episodes is { } last && now >= At(last) ? "FINISHED"
        : "RELEASING";

    public IEnumerable<EpisodeAiring> Between(long after, long before)
    {
        for (var episode = FirstAfter(after); episode <= (episodes ?? int.MaxValue) && At(episode) < before; episode++)
        {
            yield return new(MediaId, episode, At(episode));
        }
    }

    public EpisodeAiring? NextAfter(long now)
    {
        var episode = FirstAfter(now);
        return episode <= (episodes ?? int.MaxValue) ? new(MediaId, episode, At(episode)) : null;
    }

    public EpisodeAiring? Find(int episode) =>
        episode >= 1 && episode <= (episodes ?? int.MaxValue) ? new(MediaId, episode, At(episode)) : null;

    private long At(int episode) =>
        episode >= anchorEpisode
            ? anchor + ((episode - anchorEpisode) * Week)
            : first + ((episode - 1) * ((anchor - first) / Week) / (anchorEpisode - 1) * Week);

    // Airings never go back in time, so a search by halves finds it.
    private int FirstAfter(long time)
    {
        var low = 1;
        var high = anchorEpisode + (int)(Math.Max(0, time - anchor) / Week) + 2;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = At(middle) > time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // Between six in the evening and half past one in Japan, in half hours that differ from title to title.
    private static long? FirstAiring(Facts media, string member) =>
        media.GetValueOrDefault(member) is Facts date
        && date.GetValueOrDefault("year") is int year
        && date.GetValueOrDefault("month") is int month
        && date.GetValueOrDefault("day") is int day
            ? new DateTimeOffset(
                year,
                month,
                day,
                9 + (MediaCatalogue.IdOf(media) % 16 / 2),
                MediaCatalogue.IdOf(media) % 2 * 30,
                0,
                TimeSpan.Zero
            ).ToUnixTimeSeconds()
            : null;
}

/// <summary>One episode's airing; the time is in Unix seconds.</summary>
internal readonly record struct EpisodeAiring(int MediaId, int Episode, long At)
{
    // Enough for the longest-running series to have no id in common with the next title.
    private const int IdsPerTitle = 2000;

    public int Id => (MediaId * IdsPerTitle) + Episode;

    public Facts ToFacts(long now) =>
        new()
        {
            ["id"] = Id,
            ["airingAt"] = (int)At,
            ["timeUntilAiring"] = (int)(At - now),
            ["episode"] = Episode,
            ["mediaId"] = MediaId,
        };
}
