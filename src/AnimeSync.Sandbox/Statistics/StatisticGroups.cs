using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Statistics;

/// <summary>What statistics are grouped by. A group is named by a value or, for studios and people, by the facts of one.</summary>
internal static class StatisticGroups
{
    private static readonly (int Most, string Name)[] AnimeLengths =
    [
        (1, "1"),
        (6, "2-6"),
        (16, "7-16"),
        (28, "17-28"),
        (55, "29-55"),
        (100, "56-100"),
        (int.MaxValue, "101+"),
    ];

    private static readonly (int Most, string Name)[] MangaLengths =
    [
        (1, "1"),
        (10, "2-10"),
        (25, "11-25"),
        (50, "26-50"),
        (100, "51-100"),
        (200, "101-200"),
        (int.MaxValue, "201+"),
    ];

    /// <summary>Field of AniList's UserStatistics, the member its groups are named in, and an entry's groups.</summary>
    public static readonly (string Field, string Label, Func<Counted, IEnumerable<object?>> Of)[] All =
    [
        ("formats", "format", counted => [counted.Media.GetValueOrDefault("format")]),
        ("statuses", "status", counted => [counted.Entry.Status]),
        ("scores", "score", counted => [counted.Entry.Score > 0 ? (int)Math.Round(counted.Entry.Score) : null]),
        ("lengths", "length", counted => [Length(counted)]),
        ("releaseYears", "releaseYear", counted => [Year(counted.Media.GetValueOrDefault("startDate"))]),
        ("startYears", "startYear", counted => [Year(counted.Entry.StartedAt)]),
        ("genres", "genre", counted => counted.Media.GetValueOrDefault("genres") as IEnumerable<object?> ?? []),
        ("tags", "tag", counted => counted.Media.GetValueOrDefault("tags") as IEnumerable<object?> ?? []),
        ("countries", "country", counted => [counted.Media.GetValueOrDefault("countryOfOrigin")]),
        ("voiceActors", "voiceActor", counted => Credits.VoiceActors(counted.Media).Select(credit => credit.Actor)),
        ("staff", "staff", counted => Credits.Nodes(counted.Media, "staff")),
        ("studios", "studio", counted => Credits.Nodes(counted.Media, "studios")),
    ];

    public static List<Facts> Read(
        IEnumerable<Counted> entries,
        string label,
        Func<Counted, IEnumerable<object?>> groupsOf,
        IReadOnlyList<string> sorts
    )
    {
        var groups = new Dictionary<object, (object Name, List<Counted> Members)>();
        foreach (var counted in entries)
        {
            foreach (var name in groupsOf(counted).OfType<object>().DistinctBy(KeyOf))
            {
                groups.TryAdd(KeyOf(name), (name, []));
                groups[KeyOf(name)].Members.Add(counted);
            }
        }

        var described = groups.Values.Select(group => Describe(label, group.Name, group.Members));
        return
        [
            .. Ordering.By(
                described,
                sorts.Count == 0 ? ["COUNT_DESC"] : sorts,
                (facts, sort) => SortKey(facts, label, sort)
            ),
        ];
    }

    private static object KeyOf(object name) => name is Facts facts ? facts["id"]! : name;

    private static Facts Describe(string label, object name, List<Counted> members)
    {
        var facts = new Facts
        {
            ["count"] = members.Count,
            ["meanScore"] = ListStatistics.MeanScore(members),
            ["minutesWatched"] = members.Sum(counted => counted.Minutes),
            ["chaptersRead"] = members.Sum(counted => counted.Chapters),
            ["mediaIds"] = members.Select(counted => counted.Entry.MediaId).ToList(),
            [label] = name,
        };
        if (label == "voiceActor")
        {
            facts["characterIds"] = members
                .SelectMany(counted => Credits.VoiceActors(counted.Media))
                .Where(credit => Equals(credit.Actor["id"], KeyOf(name)))
                .Select(credit => credit.CharacterId)
                .OfType<int>()
                .Distinct()
                .ToList();
        }

        return facts;
    }

    private static object? SortKey(Facts facts, string label, string sort) =>
        sort switch
        {
            "COUNT" => facts["count"],
            "PROGRESS" => (int)facts["minutesWatched"]! + (int)facts["chaptersRead"]!,
            "MEAN_SCORE" => facts["meanScore"],
            _ => KeyOf(facts[label]!),
        };

    private static string? Length(Counted counted)
    {
        var length = counted.Media.GetValueOrDefault(counted.IsAnime ? "episodes" : "chapters") as int?;
        var lengths = counted.IsAnime ? AnimeLengths : MangaLengths;
        return length is null ? null : lengths.First(range => length <= range.Most).Name;
    }

    private static object? Year(object? date) => (date as Facts)?.GetValueOrDefault("year");
}
