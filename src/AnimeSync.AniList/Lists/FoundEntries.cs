namespace AnimeSync.AniList.Lists;

/// <summary>What AniList holds of the entries that were asked for; each of them is in exactly one place of these.</summary>
public sealed record FoundEntries
{
    public required IReadOnlyList<RemoteEntry> Entries { get; init; }

    /// <summary>Not on the list; without the owner's token it may as well be private.</summary>
    public required IReadOnlyList<EntryKey> Absent { get; init; }

    /// <summary>AniList does not show that user's list, or there is no such user.</summary>
    public required IReadOnlyDictionary<EntryKey, AniListFailure> Refused { get; init; }

    /// <summary>Nothing is known of them, because of <see cref="Failure"/> or of an entry that makes no sense.</summary>
    public required IReadOnlyList<EntryKey> Unanswered { get; init; }

    /// <summary>Why the search ended before everything was asked for; null when it did not.</summary>
    public AniListFailure? Failure { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of the last answer.</summary>
    public AnswerTime Time { get; init; }
}
