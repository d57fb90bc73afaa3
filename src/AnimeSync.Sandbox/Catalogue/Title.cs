namespace AnimeSync.Sandbox.Catalogue;

/// <summary>One title before it becomes facts, whether it is real or made by rule.</summary>
internal sealed record Title(int Id, string Type, string Format, string Status)
{
    // Of a title's facts; growing thousands of dictionaries step by step would cost as much again.
    private const int Members = 36;

    public int? IdMal { get; init; }

    public string? Season { get; init; }

    public int? SeasonYear { get; init; }

    public string Start { get; init; } = "";

    public string End { get; init; } = "";

    /// <summary>Episodes or chapters.</summary>
    public int? Parts { get; init; }

    /// <summary>Minutes or volumes.</summary>
    public int? Size { get; init; }

    public string? Source { get; init; }

    public required List<object?> Genres { get; init; }

    public required List<object?> Tags { get; init; }

    public required Facts Studios { get; init; }

    public int? Score { get; init; }

    public int Popularity { get; init; }

    public required string Romaji { get; init; }

    public string? English { get; init; }

    public string? Native { get; init; }

    public List<object?> OtherNames { get; init; } = [];

    public string Country { get; init; } = "JP";

    public bool IsAdult { get; init; }

    public bool IsLicensed { get; init; }

    public string? Description { get; init; }

    public string? Hashtag { get; init; }

    // What is new is looked at more than what is old.
    private int Trending => Popularity / (SeasonYear >= 2024 ? 1000 : 20000);

    public Facts ToFacts()
    {
        var anime = Type == "ANIME";
        return BuiltInTitles.Complete(
            new(Members)
            {
                ["id"] = Id,
                ["idMal"] = IdMal,
                ["type"] = Type,
                ["format"] = Format,
                ["status"] = Status,
                ["season"] = Season,
                ["seasonYear"] = SeasonYear,
                ["startDate"] = MediaCatalogue.FuzzyDate(Start),
                ["endDate"] = MediaCatalogue.FuzzyDate(End),
                ["episodes"] = anime ? Parts : null,
                ["duration"] = anime ? Size : null,
                ["chapters"] = anime ? null : Parts,
                ["volumes"] = anime ? null : Size,
                ["source"] = Source,
                ["genres"] = Genres,
                ["tags"] = Tags,
                ["averageScore"] = Score,
                ["meanScore"] = Score,
                ["popularity"] = Popularity,
                ["favourites"] = Popularity / 20,
                ["trending"] = Trending,
                ["isLicensed"] = IsLicensed,
                ["isAdult"] = IsAdult,
                ["countryOfOrigin"] = Country,
                ["title"] = new Facts
                {
                    ["romaji"] = Romaji,
                    ["english"] = English,
                    ["native"] = Native,
                },
                ["synonyms"] = OtherNames,
                ["description"] = Description,
                ["hashtag"] = Hashtag,
                ["updatedAt"] = 1750000000 + (Id % 10000000),
                ["studios"] = Studios,
            }
        );
    }
}
