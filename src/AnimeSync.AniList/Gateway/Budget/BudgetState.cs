namespace AnimeSync.AniList.Gateway;

/// <summary>The budget as this process last knew it.</summary>
/// <param name="Limit">Requests a minute, of all processes together.</param>
/// <param name="Available">Permits that could be had at once.</param>
/// <param name="PermitsPerSecond">What the bucket gains; 0 while frozen.</param>
/// <param name="IsDegraded">Redis is away, so this process counts its share for itself.</param>
public readonly record struct BudgetState(
    int Limit,
    int Burst,
    int Available,
    TimeSpan FrozenFor,
    double PermitsPerSecond,
    bool IsDegraded
)
{
    /// <summary>About how long until somebody may go; above zero also when the next one may go at once.</summary>
    internal TimeSpan NextPermitIn =>
        FrozenFor > TimeSpan.Zero ? FrozenFor : TimeSpan.FromSeconds(PermitsPerSecond > 0 ? 1 / PermitsPerSecond : 1);
}
