namespace AnimeSync.Api.Auth.Sessions;

/// <summary>One signed-in client. Its refresh tokens are derived from the key and the counter, so none is stored.</summary>
internal sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required string ClientId { get; init; }

    /// <summary>The counter of the current refresh token; one below it is the token whose answer may have been lost.</summary>
    public required int Counter { get; set; }

    /// <summary>The highest counter whose access or refresh token has been used.</summary>
    public required int ConfirmedCounter { get; set; }

    /// <summary>When <see cref="ConfirmedCounter"/> was first used.</summary>
    public required DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>A random 256-bit HMAC key as a DataProtection payload bound to this session.</summary>
    public required byte[] ProtectedKey { get; set; }

    /// <summary>The ring key that made <see cref="ProtectedKey"/>.</summary>
    public required Guid KeyId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>What the client called itself at sign-in, at most 256 characters; shown to its owner only.</summary>
    public string? UserAgent { get; init; }
}
