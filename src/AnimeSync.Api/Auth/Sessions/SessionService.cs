using System.Security.Cryptography;
using AnimeSync.Api.Auth.AccessTokens;
using AnimeSync.Api.Data;
using AnimeSync.Api.Data.Keys;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Auth.Sessions;

/// <summary>Starts, refreshes and ends sessions. The database's clock decides, so replicas' clocks may differ.</summary>
internal sealed partial class SessionService(
    AnimeSyncDbContext db,
    RowProtector protector,
    AccessTokenIssuer issuer,
    EndedSessions endedSessions,
    AuthOptions options,
    ILogger<SessionService> logger
)
{
    /// <summary>Other tabs and requests in flight may still hold the older token for this long.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(30);

    /// <summary>Adds the session to the caller's transaction and says what to hand out once that has committed.</summary>
    public TokenPair Start(Guid userId, string clientId, string? userAgent, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var key = RandomNumberGenerator.GetBytes(RefreshToken.KeyBytes);
        var (protectedKey, keyId) = protector.Protect(RowProtector.RefreshKeyPurpose, id, key);
        var session = new Session
        {
            Id = id,
            UserId = userId,
            ClientId = clientId,
            Counter = 0,
            ConfirmedCounter = 0,
            ConfirmedAt = now,
            ProtectedKey = protectedKey,
            KeyId = keyId,
            CreatedAt = now,
            LastUsedAt = now,
            UserAgent = userAgent,
        };
        db.Sessions.Add(session);
        return Pair(session, key);
    }

    /// <summary>
    /// The current token gives the next pair; the one before it gives the current pair again until that has been
    /// used for 30 s; anything older ends the session (RFC 9700 §4.14.2).
    /// </summary>
    public async Task<Refreshed> RefreshAsync(string presented, string clientId, CancellationToken cancellationToken)
    {
        if (RefreshToken.Parse(presented) is not { } token)
        {
            return Refreshed.Invalid;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var session = await db.LockSessionAsync(token.SessionId, cancellationToken);
        if (
            session is null
            || session.ClientId != clientId
            || await KeyOfAsync(session, cancellationToken) is not { } key
            || !token.IsGenuine(key)
        )
        {
            return Refreshed.Invalid;
        }

        var now = await db.NowAsync(cancellationToken);
        var refusal =
            IsOver(session, now) ? Refreshed.Invalid
            : TryAdvance(session, token.Counter, now) ? null
            : Refreshed.Reused;
        if (refusal is not null)
        {
            // Committed although the request fails: a refusal that rolled back would leave the thief signed in.
            await EndAsync(session.Id, now, cancellationToken);
            Log.Ended(logger, session.Id, refusal.IsReuse ? "reuse" : "age");
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return refusal ?? new(Pair(session, key));
    }

    public Task<List<Session>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        db
            .Sessions.AsNoTracking()
            .Where(session => session.UserId == userId)
            .OrderByDescending(session => session.LastUsedAt)
            .ToListAsync(cancellationToken);

    /// <summary>Ends one of the user's sessions; false when it is not theirs or not there.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid sessionId, CancellationToken cancellationToken) =>
        await EndAsync(
            db.Sessions.Where(session => session.UserId == userId && session.Id == sessionId),
            cancellationToken
        ) > 0;

    public Task<int> EndAllAsync(Guid userId, CancellationToken cancellationToken) =>
        EndAsync(db.Sessions.Where(session => session.UserId == userId), cancellationToken);

    /// <summary>Ends the session that a refresh token belongs to, when the token is genuine (RFC 7009 §2.1).</summary>
    public async Task EndByRefreshTokenAsync(string presented, CancellationToken cancellationToken)
    {
        if (await FindByRefreshTokenAsync(presented, cancellationToken) is { } session)
        {
            await EndAsync(session.UserId, session.Id, cancellationToken);
        }
    }

    public async Task<Session?> FindByRefreshTokenAsync(string presented, CancellationToken cancellationToken) =>
        RefreshToken.Parse(presented) is { } token
        && await db.Sessions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == token.SessionId, cancellationToken)
            is { } session
        && await KeyOfAsync(session, cancellationToken) is { } key
        && token.IsGenuine(key)
            ? session
            : null;

    /// <summary>Ends sessions inside the caller's transaction.</summary>
    public async Task EndAsync(Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = await db.Sessions.Where(row => row.Id == sessionId).ExecuteDeleteAsync(cancellationToken);
        if (ended > 0)
        {
            Remember(sessionId, now);
        }
    }

    /// <inheritdoc cref="EndAsync(Guid, DateTimeOffset, CancellationToken)"/>
    public Task EndAllAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(db.Sessions.Where(session => session.UserId == userId), now, cancellationToken);

    private async Task<int> EndAsync(IQueryable<Session> which, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var count = await EndAsync(which, await db.NowAsync(cancellationToken), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    private async Task<int> EndAsync(IQueryable<Session> which, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await which.Select(session => session.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            await EndAsync(id, now, cancellationToken);
        }

        return ids.Count;
    }

    private void Remember(Guid sessionId, DateTimeOffset now)
    {
        var ended = new EndedSession { Id = sessionId, EndedAt = now };
        foreach (
            var tracked in db.ChangeTracker.Entries<Session>().Where(entry => entry.Entity.Id == sessionId).ToList()
        )
        {
            tracked.State = EntityState.Detached;
        }

        db.EndedSessions.Add(ended);
        endedSessions.Add(ended);
    }

    private Task<byte[]?> KeyOfAsync(Session session, CancellationToken cancellationToken) =>
        protector.UnprotectAsync(RowProtector.RefreshKeyPurpose, session.Id, session.ProtectedKey, cancellationToken);

    private bool IsOver(Session session, DateTimeOffset now) =>
        now >= session.CreatedAt + options.Absolute || now >= session.LastUsedAt + options.IdleFor(session.ClientId);

    /// <summary>False for a counter that only a replay can show.</summary>
    private static bool TryAdvance(Session session, int counter, DateTimeOffset now)
    {
        if (counter >= session.Counter)
        {
            // Ahead of the row: the database was restored from before this token; its MAC proves it is ours.
            session.ConfirmedCounter = counter;
            session.ConfirmedAt = now;
            session.Counter = counter + 1;
        }
        else if (
            counter < session.Counter - 1
            || (session.ConfirmedCounter >= session.Counter && now - session.ConfirmedAt > _grace)
        )
        {
            return false;
        }

        session.LastUsedAt = now;
        return true;
    }

    private TokenPair Pair(Session session, byte[] key) =>
        new(session, issuer.Issue(session), RefreshToken.For(session.Id, session.Counter, key).ToString());

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Session {SessionId} was ended at a refresh because of {Reason}.")]
        public static partial void Ended(ILogger logger, Guid sessionId, string reason);
    }
}
