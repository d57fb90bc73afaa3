using AnimeSync.AniList.Operations;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>An operation that may be sent.</summary>
/// <param name="Cost">Complexity as AniList counts it, 1 to 500.</param>
internal sealed record CheckedOperation(int Cost, AniListOperation Operation);
