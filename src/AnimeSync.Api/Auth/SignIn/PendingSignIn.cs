namespace AnimeSync.Api.Auth.SignIn;

/// <summary>A sign-in that went to AniList and has not come back; deleted by the one callback that consumes it.</summary>
internal sealed class PendingSignIn
{
    public required Guid Id { get; init; }
    public required string ClientId { get; init; }
    public required string RedirectUri { get; init; }

    /// <summary>The client's own `state`, given back as it came.</summary>
    public string? ClientState { get; init; }

    /// <summary>S256 (RFC 7636 §4.2).</summary>
    public required string CodeChallenge { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
