namespace AnimeSync.Api.Auth.SignIn;

/// <summary>A one-time code for the token endpoint; only its SHA-256 is kept.</summary>
internal sealed class AuthorizationCode
{
    public required byte[] CodeHash { get; init; }
    public required Guid UserId { get; init; }
    public required string ClientId { get; init; }
    public required string RedirectUri { get; init; }
    public required string CodeChallenge { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set by the first presentation, right or wrong; a second one ends <see cref="SessionId"/>.</summary>
    public DateTimeOffset? UsedAt { get; set; }
    public Guid? SessionId { get; set; }
}
