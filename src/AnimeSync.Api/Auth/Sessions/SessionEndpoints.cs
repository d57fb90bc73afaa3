using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Auth.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder auth)
    {
        auth.MapGet("/sessions", ListAsync).WithName("ListSessions").WithSummary("The caller's signed-in clients.");
        auth.MapDelete("/sessions", EndAllAsync)
            .WithName("EndAllSessions")
            .WithSummary("Signs every client of the caller out, this one included.");
        auth.MapDelete("/sessions/{id:guid}", EndAsync).WithName("EndSession").WithSummary("Signs one client out.");
    }

    private static async Task<Ok<SessionList>> ListAsync(
        CurrentUser user,
        SessionService sessions,
        CancellationToken cancellationToken
    )
    {
        var rows = await sessions.ListAsync(user.Id, cancellationToken);
        return TypedResults.Ok(new SessionList([.. rows.Select(row => row.ToResponse(user.SessionId))], null));
    }

    private static async Task<NoContent> EndAllAsync(
        CurrentUser user,
        SessionService sessions,
        CancellationToken cancellationToken
    )
    {
        await sessions.EndAllAsync(user.Id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        Guid id,
        CurrentUser user,
        SessionService sessions,
        CancellationToken cancellationToken
    ) =>
        await sessions.EndAsync(user.Id, id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound.ToResult();

    private static SessionResponse ToResponse(this Session session, Guid current) =>
        new(
            session.Id,
            session.ClientId,
            session.UserAgent,
            session.CreatedAt,
            session.LastUsedAt,
            session.Id == current
        );
}

/// <param name="NextCursor">Always null: a person's sessions fit one page.</param>
public sealed record SessionList(IReadOnlyList<SessionResponse> Items, string? NextCursor);

/// <param name="UserAgent">What the client called itself when it signed in.</param>
/// <param name="IsCurrent">True for the session of the token that asked.</param>
public sealed record SessionResponse(
    Guid Id,
    string ClientId,
    string? UserAgent,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    bool IsCurrent
);
