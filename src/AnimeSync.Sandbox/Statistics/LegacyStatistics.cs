namespace AnimeSync.Sandbox.Statistics;

/// <summary>AniList's UserStats, deprecated but still asked for: both types together, means as whole numbers.</summary>
internal sealed class LegacyStatistics(ListStatistics anime, ListStatistics manga, StatisticGroups groups)
{
    private const int MostInOverview = 6;

    public Facts ToFacts()
    {
        var genres = Favoured("genres", "genre");
        return new()
        {
            ["watchedTime"] = anime.MinutesWatched,
            ["chaptersRead"] = manga.ChaptersRead,
            ["animeStatusDistribution"] = Statuses(anime),
            ["mangaStatusDistribution"] = Statuses(manga),
            ["favouredGenresOverview"] = genres.Take(MostInOverview).ToList(),
            ["favouredGenres"] = genres,
            ["favouredTags"] = Favoured("tags", "tag"),
            ["favouredYears"] = Favoured("releaseYears", "year"),
            ["favouredFormats"] = Favoured("formats", "format"),
        };
    }

    private static List<Facts> Statuses(ListStatistics statistics) =>
        [
            .. statistics
                .Everything.CountBy(counted => counted.Entry.Status)
                .OrderBy(status => status.Key, StringComparer.Ordinal)
                .Select(status => new Facts { ["status"] = status.Key, ["amount"] = status.Value }),
        ];

    private List<Facts> Favoured(string field, string label)
    {
        var groupsOf = groups.All.First(group => group.Field == field).Of;
        return
        [
            .. groups
                .Read(anime.Begun.Concat(manga.Begun), label, groupsOf, [])
                .Select(group => new Facts
                {
                    [label] = group[label],
                    ["amount"] = group["count"],
                    ["meanScore"] = (int)Math.Round((double)group["meanScore"]!),
                    ["timeWatched"] = group["minutesWatched"],
                }),
        ];
    }
}
