namespace AnimeSync.Api.Data;

/// <summary>A person, known by the AniList id: names change hands, ids do not.</summary>
internal sealed class User
{
    public required Guid Id { get; init; }
    public required int AniListId { get; init; }
    public required string Name { get; set; }
    public string? AvatarUrl { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSignedInAt { get; set; }
}
