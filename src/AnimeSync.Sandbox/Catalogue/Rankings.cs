namespace AnimeSync.Sandbox.Catalogue;

/// <summary>A title's places among the catalogue's others of its type: ever, in its year and in its season.</summary>
internal sealed class Rankings(MediaCatalogue catalogue)
{
    private static readonly (string Type, string Member, string Word)[] Measures =
    [
        ("RATED", "averageScore", "highest rated"),
        ("POPULAR", "popularity", "most popular"),
    ];

    // How far down places are shown.
    private static readonly Dictionary<Span, int> LastPlaces = new()
    {
        [Span.Ever] = 500,
        [Span.Year] = 100,
        [Span.Season] = 50,
    };

    private readonly Lazy<ILookup<int, Place>> places = new(() =>
        All(catalogue).ToLookup(found => found.MediaId, found => found.Place)
    );

    private enum Span
    {
        Ever,
        Year,
        Season,
    }

    public IEnumerable<Facts> Of(Facts media) =>
        (media.GetValueOrDefault("rankings") as List<object?>)?.OfType<Facts>()
        ?? places.Value[MediaCatalogue.IdOf(media)].Select(place => ToFacts(media, place));

    private static IEnumerable<(int MediaId, Place Place)> All(MediaCatalogue catalogue) =>
        from ofType in catalogue.All.GroupBy(media => media["type"])
        from measure in Enumerable.Range(0, Measures.Length)
        let ordered = ofType
            .OrderByDescending(media => media.GetValueOrDefault(Measures[measure].Member) as int? ?? 0)
            .ToList()
        from span in Enum.GetValues<Span>()
        from competitors in ordered.Where(media => KeyOf(media, span) is not null).GroupBy(media => KeyOf(media, span))
        from found in competitors.Take(LastPlaces[span]).Index()
        select (MediaCatalogue.IdOf(found.Item), new Place(span, measure, found.Index + 1));

    // Only titles with the same key compete.
    private static string? KeyOf(Facts media, Span span) =>
        span switch
        {
            Span.Ever => "all time",
            Span.Year => YearOf(media) is { } year ? $"{year}" : null,
            _ => media.GetValueOrDefault("season") is string season
                ? $"{season.ToLowerInvariant()} {YearOf(media)}"
                : null,
        };

    private static Facts ToFacts(Facts media, Place place) =>
        new()
        {
            ["id"] = (MediaCatalogue.IdOf(media) * 10) + (place.Measure * 3) + (int)place.Span,
            ["rank"] = place.Rank,
            ["type"] = Measures[place.Measure].Type,
            ["format"] = media.GetValueOrDefault("format"),
            ["year"] = place.Span == Span.Ever ? null : YearOf(media),
            ["season"] = place.Span == Span.Season ? media["season"] : null,
            ["allTime"] = place.Span == Span.Ever,
            ["context"] = $"{Measures[place.Measure].Word} {KeyOf(media, place.Span)}",
        };

    private static int? YearOf(Facts media) =>
        media.GetValueOrDefault("seasonYear") as int?
        ?? (media.GetValueOrDefault("startDate") as Facts)?.GetValueOrDefault("year") as int?;

    private readonly record struct Place(Span Span, int Measure, int Rank);
}
