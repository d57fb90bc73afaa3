using AnimeSync.Sandbox.People;

namespace AnimeSync.Sandbox.Statistics;

/// <summary>What statistics are grouped by. A group is named by a value or, for studios and people, by the facts of one.</summary>
internal sealed class StatisticGroups(PeopleIndex people)
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
    public IReadOnlyList<(string Field, string Label, Func<Counted, IEnumerable<object?>> Of)> All { get; } =
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
        ("voiceActors", "voiceActor", counted => Voices(people, counted.Entry.MediaId)),
        ("staff", "staff", counted => Crew(people, counted.Entry.MediaId)),
        ("studios", "studio", counted => Studios(people, counted.Entry.MediaId)),
    ];

    public List<Facts> Read(
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

    private static IEnumerable<Facts?> Voices(PeopleIndex people, int mediaId) =>
        people.CastOf(mediaId).SelectMany(casting => casting.VoiceActors).Select(people.StaffMember);

    private static IEnumerable<Facts?> Crew(PeopleIndex people, int mediaId) =>
        people.CrewOf(mediaId).Select(credit => people.StaffMember(credit.StaffId));

    private static IEnumerable<Facts?> Studios(PeopleIndex people, int mediaId) =>
        people.StudiosOf(mediaId).Select(production => people.Studio(production.StudioId));

    private static object KeyOf(object name) => name is Facts facts ? facts["id"]! : name;

    private Facts Describe(string label, object name, List<Counted> members)
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
                .SelectMany(counted => people.CastOf(counted.Entry.MediaId))
                .Where(casting => casting.VoiceActors.Contains((int)KeyOf(name)))
                .Select(casting => casting.CharacterId)
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
