namespace AnimeSync.Api.Data;

/// <summary>One user's AniList token, only ever as a DataProtection payload bound to that user.</summary>
internal sealed class AniListCredential
{
    public required Guid UserId { get; init; }
    public required byte[] Ciphertext { get; set; }

    /// <summary>The ring key that made <see cref="Ciphertext"/>; what a key rotation looks for.</summary>
    public required Guid KeyId { get; set; }

    /// <summary>From the token's own `exp`; AniList tokens live a year and cannot be refreshed.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }
    public required DateTimeOffset LinkedAt { get; set; }

    /// <summary>Set when AniList called the token invalid, or when it no longer decrypts.</summary>
    public DateTimeOffset? RelinkRequiredSince { get; set; }
}
