using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Community;

/// <summary>Which episodes a title aired lately, by its weekly slot.</summary>
internal static class AiredEpisodes
{
    private const int WeekSeconds = 7 * 24 * 3600;

    /// <summary>Episodes aired after the one instant and up to the other, in unix seconds.</summary>
    public static IEnumerable<(int Episode, int AiringAt)> Of(Facts media, long after, long until)
    {
        if (
            !MediaCatalogue.IsAnime(media)
            || (string?)media.GetValueOrDefault("status") != "RELEASING"
            || media.GetValueOrDefault("startDate") is not Facts start
            || start.GetValueOrDefault("year") is not int year
            || start.GetValueOrDefault("month") is not int month
            || start.GetValueOrDefault("day") is not int day
        )
        {
            yield break;
        }

        var first = new DateTimeOffset(year, month, day, 15, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var week = after < first ? 0 : ((after - first) / WeekSeconds) + 1;
        for (; first + (week * WeekSeconds) <= until; week++)
        {
            yield return ((int)week + 1, (int)(first + (week * WeekSeconds)));
        }
    }
}
