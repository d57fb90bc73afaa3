namespace AnimeSync.AniList.Lists;

/// <summary>An entry of somebody's anime list as AniList answered it. Texts are free of U+0000, which no database takes.</summary>
/// <param name="Id">The entry's own; one that was deleted and made again has another.</param>
/// <param name="UserId">AniList's id of the owner.</param>
public sealed record RemoteEntry(int Id, int UserId, int MediaId)
{
    public MediaListStatus Status { get; init; } = MediaListStatus.Planning;

    /// <summary>0 to 100 whatever format the owner sees it in, 0 for none.</summary>
    public int ScoreRaw { get; init; }

    public int Progress { get; init; }

    public int Repeat { get; init; }

    public int Priority { get; init; }

    public bool Private { get; init; }

    /// <summary>Null for none, which AniList answers as null or as an empty text.</summary>
    public string? Notes { get; init; }

    public bool HiddenFromStatusLists { get; init; }

    /// <summary>Those that it is in, each once, in AniList's order.</summary>
    public IReadOnlyList<string> CustomLists { get; init; } = [];

    /// <summary>As much as a fuzzy date can say; whether that is all, <see cref="Odd"/> tells.</summary>
    public FuzzyDate? StartedAt { get; init; }

    /// <inheritdoc cref="StartedAt"/>
    public FuzzyDate? CompletedAt { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>By AniList's clock, in whole seconds.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>
    /// What the answer does not tell, so that its value here means nothing: AniList gave null where it always has a value,
    /// or it was asked without the owner's token and may hide it.
    /// </summary>
    public RemoteFields Unseen { get; init; }

    /// <summary>Dates of which AniList holds more than is read here, such as a month of no year or a 31 April.</summary>
    public RemoteFields Odd { get; init; }

    /// <summary>Null when it was not asked for, or AniList does not say.</summary>
    public ListMedia? Media { get; init; }
}

/// <summary>What a list needs of a title, in AniList's words; what AniList does not know is null.</summary>
/// <param name="Format">AniList's MediaFormat, or one that is new.</param>
/// <param name="Status">AniList's MediaStatus, or one that is new.</param>
/// <param name="Season">AniList's MediaSeason.</param>
/// <param name="Episodes">How many there will be in all.</param>
/// <param name="CoverImage">An https address.</param>
public sealed record ListMedia(
    int Id,
    int? IdMal,
    string? Romaji,
    string? English,
    string? Native,
    string? Format,
    string? Status,
    string? Season,
    int? SeasonYear,
    int? Episodes,
    NextEpisode? NextAiringEpisode,
    string? CoverImage,
    bool? IsAdult
);

public sealed record NextEpisode(int Episode, DateTimeOffset AiringAt);

/// <param name="Entries">Each once.</param>
/// <param name="Skipped">Entries that make no sense here, such as one without an id or with a status that is new.</param>
public sealed record RemoteEntries(IReadOnlyList<RemoteEntry> Entries, int Skipped);
