namespace AnimeSync.Api.Library;

/// <summary>A change that somebody wants, decided about when the entry has been read, and again when it has changed since.</summary>
internal sealed record EntryOrder(int MediaId, Func<UserList, EntryState, EntryDecision> Decide)
{
    public ChangeOrigin Origin { get; init; } = ChangeOrigin.Edit;

    /// <inheritdoc cref="HistoryItem.Undoes"/>
    public long? Undoes { get; init; }
}

/// <summary>What is to become of an entry, or why nothing is.</summary>
internal abstract record EntryDecision
{
    /// <param name="Fields">Null to delete it.</param>
    public sealed record Make(EntryFields? Fields) : EntryDecision;

    public sealed record Refuse(EntryRefusal Refusal) : EntryDecision;

    public static EntryDecision Invalid(params IReadOnlyList<FieldProblem> problems) =>
        new Refuse(new EntryRefusal.Invalid(problems));
}

/// <summary>Why an entry was left as it is.</summary>
internal abstract record EntryRefusal
{
    public sealed record NotOnList : EntryRefusal;

    /// <summary>The entry is not the one the client has seen (If-Match, If-None-Match).</summary>
    public sealed record NotAsExpected : EntryRefusal;

    public sealed record Invalid(IReadOnlyList<FieldProblem> Problems) : EntryRefusal;

    /// <summary>What a change made was changed again, so that undoing it would lose that.</summary>
    public sealed record ChangedSince(EntryDifference Difference) : EntryRefusal;
}

/// <summary>What came of an order.</summary>
/// <param name="State">The entry as it is now.</param>
/// <param name="Refusal">Null when it is as ordered, whether or not it had to be changed for that.</param>
internal sealed record EntryOutcome(EntryState State, bool IsCreated, EntryRefusal? Refusal);
