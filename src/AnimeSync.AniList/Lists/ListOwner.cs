namespace AnimeSync.AniList.Lists;

/// <summary>Somebody whose list is read or written with their own token.</summary>
/// <param name="Asker">Their id in this service, by which they take turns.</param>
/// <param name="UserId">Their id at AniList.</param>
/// <param name="OpenToken">Their AniList token; null when there is none that works, which is told as a dead one.</param>
public sealed record ListOwner(Guid Asker, int UserId, Func<CancellationToken, ValueTask<string?>> OpenToken);
