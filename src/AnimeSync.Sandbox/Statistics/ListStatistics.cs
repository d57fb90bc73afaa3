using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;

namespace AnimeSync.Sandbox.Statistics;

/// <summary>An entry with its title, as statistics count it.</summary>
internal sealed record Counted(ListEntry Entry, Facts Media)
{
    public int Minutes => IsAnime ? Entry.Progress * (Media.GetValueOrDefault("duration") as int? ?? 0) : 0;

    public int Chapters => IsAnime ? 0 : Entry.Progress;

    public bool IsAnime => MediaCatalogue.IsAnime(Media);
}

/// <summary>A user's numbers of one type, computed from the list. Planned titles count for statuses only.</summary>
internal sealed class ListStatistics
{
    private ListStatistics(IReadOnlyList<Counted> everything)
    {
        Everything = everything;
        Begun = [.. everything.Where(counted => counted.Entry.Status != "PLANNING")];
    }

    public IReadOnlyList<Counted> Everything { get; }

    public IReadOnlyList<Counted> Begun { get; }

    public int MinutesWatched => Begun.Sum(counted => counted.Minutes);

    public int ChaptersRead => Begun.Sum(counted => counted.Chapters);

    public static ListStatistics Of(UserLists lists, MediaCatalogue catalogue, int userId, string type) =>
        new([
            .. from entry in lists.Of(userId)
            let media = catalogue.Find(entry.MediaId)
            where media is not null && (string?)media["type"] == type
            select new Counted(entry, media),
        ]);

    /// <summary>The mean of what has a score, 0 to 100; 0 where nothing has.</summary>
    public static double MeanScore(IEnumerable<Counted> counted)
    {
        var scores = counted.Select(one => one.Entry.Score).Where(score => score > 0).ToList();
        return scores.Count == 0 ? 0 : Math.Round(scores.Average(), 2);
    }

    public Facts ToFacts()
    {
        var scores = Begun.Select(counted => counted.Entry.Score).Where(score => score > 0).ToList();
        var mean = scores.Count == 0 ? 0 : scores.Average();
        var variance = scores.Count == 0 ? 0 : scores.Average(score => (score - mean) * (score - mean));
        return new()
        {
            ["statistics"] = this,
            ["count"] = Begun.Count,
            ["meanScore"] = MeanScore(Begun),
            ["standardDeviation"] = Math.Round(Math.Sqrt(variance), 2),
            ["minutesWatched"] = MinutesWatched,
            ["episodesWatched"] = Begun.Where(counted => counted.IsAnime).Sum(counted => counted.Entry.Progress),
            ["chaptersRead"] = ChaptersRead,
            ["volumesRead"] = Begun.Sum(counted => counted.Entry.ProgressVolumes ?? 0),
        };
    }
}
