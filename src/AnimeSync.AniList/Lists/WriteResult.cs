namespace AnimeSync.AniList.Lists;

public enum WriteOutcome
{
    Done,

    /// <summary>AniList refused this very change and will again; it did nothing.</summary>
    Refused,

    /// <summary>It did not get to be judged, and did nothing: another time it may.</summary>
    NotSent,

    /// <summary>
    /// AniList may have done it or not: its answer was lost, made no sense or was taken along by another change's. Read
    /// before it is sent again; one to which this happens over and over should go alone, so that it harms nobody.
    /// </summary>
    Lost,

    /// <summary>Taken back when its turn had come; it did nothing.</summary>
    Withdrawn,
}

/// <summary>What came of a change.</summary>
public sealed record WriteResult(WriteOutcome Outcome)
{
    /// <summary>As AniList holds it now; null unless an entry was saved.</summary>
    public RemoteEntry? Entry { get; init; }

    /// <summary>Why it is not done. <see cref="AniListFailure.NotFound"/>: no such entry of this user.</summary>
    public AniListFailure? Failure { get; init; }

    /// <summary>What AniList has against it.</summary>
    public IReadOnlyList<RefusedArgument> Refusals { get; init; } = [];

    /// <summary>When another try may go better, where waiting is what helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of the answer, where there was one.</summary>
    public AnswerTime? Time { get; init; }
}
