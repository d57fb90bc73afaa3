namespace AnimeSync.AniList.Lists;

/// <summary>
/// What is to be set on an entry; what is null stays as it is. An entry that is not there is made. AniList judges the
/// values, and its refusal is told.
/// </summary>
public sealed record EntrySave(int MediaId)
{
    /// <summary>The entry's own id: then one that is not there any more is refused, and not made again.</summary>
    public int? EntryId { get; init; }

    public MediaListStatus? Status { get; init; }

    /// <summary>0 to 100 whatever format its owner sees it in, 0 for none.</summary>
    public int? ScoreRaw { get; init; }

    public int? Progress { get; init; }

    /// <summary>0 to 1000.</summary>
    public int? Repeat { get; init; }

    /// <summary>0 to 255.</summary>
    public int? Priority { get; init; }

    public bool? Private { get; init; }

    /// <summary>At most 6,000 characters, empty for none.</summary>
    public string? Notes { get; init; }

    public bool? HiddenFromStatusLists { get; init; }

    /// <summary>All that it is to be in.</summary>
    public IReadOnlyList<string>? CustomLists { get; init; }

    public DateSave? StartedAt { get; init; }

    public DateSave? CompletedAt { get; init; }
}

/// <param name="Date">Null for none.</param>
public readonly record struct DateSave(FuzzyDate? Date);
