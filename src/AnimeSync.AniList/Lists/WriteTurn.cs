namespace AnimeSync.AniList.Lists;

/// <summary>
/// Asked before every request that saves entries, when its turn at AniList has come: the last moment to renew a lease and
/// to look at the changes again.
/// </summary>
/// <param name="planned">What would be sent.</param>
/// <returns>What is to be sent in its place; null for nothing.</returns>
public delegate ValueTask<WriteTurn?> BeforeSaving(
    IReadOnlyList<EntrySave> planned,
    CancellationToken cancellationToken
);

/// <param name="Saves">Of the titles that were planned, each once; one that is left out is withdrawn.</param>
/// <param name="Within">From now until the answer must be there; null for as long as any request may take.</param>
public sealed record WriteTurn(IReadOnlyList<EntrySave> Saves, TimeSpan? Within = null);

/// <summary>The same before a change that is not a save.</summary>
/// <returns>From now until the answer must be there; zero for not sending it.</returns>
public delegate ValueTask<TimeSpan> BeforeSending(CancellationToken cancellationToken);
