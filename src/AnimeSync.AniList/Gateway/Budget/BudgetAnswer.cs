namespace AnimeSync.AniList.Gateway;

/// <param name="Granted">The lane that may send one request now; null says to ask again.</param>
/// <param name="RetryIn">When to ask again: at most a second, so that demand stays known and changes are seen.</param>
public readonly record struct BudgetAnswer(Lane? Granted, TimeSpan RetryIn);
