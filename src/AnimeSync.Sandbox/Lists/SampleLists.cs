using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Lists;

/// <summary>The sample users' lists, the same in every run.</summary>
internal static class SampleLists
{
    private const int FirstUpdate = 1_740_000_000;

    // Enough for a test to count on: twelve released episodes lie ahead of every entry that is being watched.
    private const int EpisodesAhead = 12;

    public static IEnumerable<ListEntry> Create(MediaCatalogue catalogue)
    {
        var anime = BuiltInTitles
            .Read()
            .Where(MediaCatalogue.IsAnime)
            .Select(media => catalogue.Find(MediaCatalogue.IdOf(media))!);
        var series = anime
            .Where(media => Episodes(media) >= EpisodesAhead && (string?)media["status"] == "FINISHED")
            .ToList();
        var manga = BuiltInTitles
            .Read()
            .Where(media => !MediaCatalogue.IsAnime(media))
            .Select(MediaCatalogue.IdOf)
            .ToList();
        string[] statuses =
        [
            "CURRENT",
            "COMPLETED",
            "PLANNING",
            "COMPLETED",
            "PAUSED",
            "DROPPED",
            "REPEATING",
            "COMPLETED",
        ];

        foreach (var (index, media) in series.Take(46).Index())
        {
            yield return Watch(UserAccounts.Rin, media, statuses[index % statuses.Length], index);
        }

        foreach (var (index, id) in manga.Take(4).Index())
        {
            yield return Entry(UserAccounts.Rin, id, index == 0 ? "PAUSED" : "PLANNING", 46 + index);
        }

        foreach (var (index, media) in series.Skip(10).Take(12).Index())
        {
            var entry = Watch(UserAccounts.Mika, media, statuses[index % statuses.Length], 60 + index);
            yield return entry with
            {
                Private = index == 3,
                CustomLists = index % 4 == 0 ? ["Rainy days"] : [],
            };
        }

        yield return Watch(UserAccounts.Solo, series[0], "CURRENT", 80);
    }

    private static ListEntry Watch(int userId, Facts media, string status, int index)
    {
        var episodes = Episodes(media);
        var entry = Entry(userId, MediaCatalogue.IdOf(media), status, index);
        return status switch
        {
            "COMPLETED" => entry with
            {
                Progress = episodes,
                Score = 60 + (index * 7 % 40),
                StartedAt = MediaCatalogue.FuzzyDate($"2024-01-{1 + (index % 28)}"),
                CompletedAt = MediaCatalogue.FuzzyDate($"2024-03-{1 + (index % 28)}"),
            },
            "REPEATING" => entry with { Progress = 2, Repeat = 1, Score = 90 },
            "DROPPED" => entry with { Progress = 3, Score = 40 },
            "PAUSED" => entry with { Progress = 5, Notes = "After the holidays." },
            "CURRENT" => entry with
            {
                Progress = Math.Max(0, Math.Min(4, episodes - EpisodesAhead)),
                StartedAt = MediaCatalogue.FuzzyDate("2025-01"),
            },
            _ => entry,
        };
    }

    private static ListEntry Entry(int userId, int mediaId, string status, int index) =>
        new(0, userId, mediaId)
        {
            Status = status,
            CreatedAt = FirstUpdate + (index * 3600),
            UpdatedAt = FirstUpdate + (index * 7200),
        };

    private static int Episodes(Facts media) => media.GetValueOrDefault("episodes") as int? ?? 0;
}
