namespace AnimeSync.Sandbox.Catalogue;

/// <summary>How many people did what with a title: its popularity, spread by rule around what is known of it.</summary>
internal static class Popularity
{
    private static readonly (string Status, int Percent)[] OfFinished =
    [
        ("COMPLETED", 62),
        ("PLANNING", 24),
        ("CURRENT", 7),
        ("PAUSED", 4),
        ("DROPPED", 3),
    ];

    private static readonly (string Status, int Percent)[] OfRunning =
    [
        ("CURRENT", 58),
        ("PLANNING", 30),
        ("PAUSED", 6),
        ("DROPPED", 6),
    ];

    // Of those who have a title on their list, how many score it.
    private const int Scoring = 40;

    public static Facts StatsOf(Facts media, string? status) =>
        media.GetValueOrDefault("stats") as Facts
        ?? new() { ["scoreDistribution"] = Scores(media), ["statusDistribution"] = Statuses(media, status) };

    private static List<Facts> Statuses(Facts media, string? status)
    {
        var people = media.GetValueOrDefault("popularity") as int? ?? 0;
        return
        [
            .. (status == "FINISHED" ? OfFinished : OfRunning).Select(part => new Facts
            {
                ["status"] = part.Status,
                ["amount"] = people * part.Percent / 100,
            }),
        ];
    }

    // A bell around the mean: each ten points further away, half as many.
    private static List<Facts> Scores(Facts media)
    {
        if (media.GetValueOrDefault("meanScore") is not int mean)
        {
            return [];
        }

        var people = (media.GetValueOrDefault("popularity") as int? ?? 0) * Scoring / 100;
        var weights = Enumerable
            .Range(1, 10)
            .Select(ten => (Score: ten * 10, Weight: 1 << (9 - (Math.Abs((ten * 10) - mean) / 10))))
            .ToList();
        var sum = weights.Sum(pair => pair.Weight);
        return
        [
            .. weights.Select(pair => new Facts
            {
                ["score"] = pair.Score,
                ["amount"] = (int)((long)people * pair.Weight / sum),
            }),
        ];
    }
}
