using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Gateway;

/// <summary>One operation that somebody wants answered.</summary>
/// <param name="Body">The JSON body that a call of its own sends.</param>
/// <param name="Fold">Reads the operation again, as parts of a larger one; null when that is not possible.</param>
/// <param name="Asker">Whose turn it takes while requests wait: a user of this service.</param>
/// <param name="OpenToken">The asker's AniList token; null when there is none that works.</param>
public sealed record GatewayQuestion(
    AniListOperation Operation,
    ReadOnlyMemory<byte> Body,
    Func<FoldableOperation?> Fold,
    Guid Asker,
    Func<CancellationToken, ValueTask<string?>> OpenToken
)
{
    /// <summary>
    /// Whether it is enough to know that a title asked for by id is not there: a page that leaves it out says so, where
    /// AniList's own words would cost a request for each.
    /// </summary>
    public bool IsAbsenceEnough { get; init; }
}
