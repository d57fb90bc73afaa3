namespace AnimeSync.Api.Auth.Sessions;

/// <summary>Names a session, never a user, whose access tokens must die before they expire.</summary>
internal sealed class EndedSession
{
    public required Guid Id { get; init; }

    /// <summary>The database's time, so that replicas with different clocks agree.</summary>
    public required DateTimeOffset EndedAt { get; init; }
}
