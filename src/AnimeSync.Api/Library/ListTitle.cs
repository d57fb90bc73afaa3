namespace AnimeSync.Api.Library;

/// <summary>What lists need to know of a title, as AniList last told it; of many nothing is known yet.</summary>
internal sealed class ListTitle
{
    public required int MediaId { get; init; }
    public string? Romaji { get; set; }
    public string? English { get; set; }
    public string? Native { get; set; }

    /// <summary>AniList's MediaFormat.</summary>
    public string? Format { get; set; }

    /// <summary>AniList's MediaStatus.</summary>
    public string? Status { get; set; }

    /// <summary>AniList's MediaSeason.</summary>
    public string? Season { get; set; }
    public int? SeasonYear { get; set; }
    public int? Episodes { get; set; }
    public int? NextEpisode { get; set; }
    public DateTimeOffset? NextEpisodeAt { get; set; }

    /// <summary>Always https.</summary>
    public string? CoverImage { get; set; }
    public bool IsAdult { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }

    public KnownTitle Length(DateTimeOffset now) =>
        KnownTitle.At(now, Episodes, NextEpisode is { } next && NextEpisodeAt is { } at ? (next, at) : null);
}
