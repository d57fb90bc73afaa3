namespace AnimeSync.AniList.Lists;

/// <summary>What came of asking AniList: a value, or why there is none.</summary>
/// <param name="RetryAfter">When another try may go better, where waiting is what helps.</param>
public sealed record ListAnswer<T>(T? Value, AniListFailure? Failure, TimeSpan? RetryAfter, AnswerTime Time)
    where T : class;

/// <summary>When an answer came, by both clocks.</summary>
/// <param name="ReceivedAt">Ours.</param>
/// <param name="Date">AniList's, in whole seconds; null when it did not say.</param>
public readonly record struct AnswerTime(DateTimeOffset ReceivedAt, DateTimeOffset? Date)
{
    /// <summary>A time of AniList's, such as an entry's last update, by our clock.</summary>
    public DateTimeOffset ByOurClock(DateTimeOffset time) => Date is { } date ? time + (ReceivedAt - date) : time;
}
