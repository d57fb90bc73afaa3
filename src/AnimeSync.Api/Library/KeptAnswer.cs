namespace AnimeSync.Api.Library;

/// <summary>The answer to a request with an Idempotency-Key, for whoever sends it again within 24 hours.</summary>
internal sealed class KeptAnswer
{
    public const int LongestKey = 128;

    public required Guid UserId { get; init; }
    public required string Key { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] Request { get; init; }
    public required int Status { get; init; }
    public string? ETag { get; init; }
    public required byte[] Body { get; init; }
}
