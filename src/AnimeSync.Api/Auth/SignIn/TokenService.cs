using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>Exchanges one-time codes for sessions (RFC 6749 §4.1.3, RFC 7636 §4.6).</summary>
internal sealed partial class TokenService(AnimeSyncDbContext db, SessionService sessions)
{
    private static readonly TimeSpan _codeLifetime = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Null refuses. The first presentation burns the code, right or wrong; a second one also ends the session that
    /// the first one got (RFC 6749 §4.1.2).
    /// </summary>
    public async Task<TokenPair?> ExchangeAsync(
        string code,
        string verifier,
        Client client,
        string? redirectUri,
        string? userAgent,
        CancellationToken cancellationToken
    )
    {
        var hash = SignInService.Hash(code);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = await db.NowAsync(cancellationToken);
        // The update takes the row's lock, so a second presentation waits here until the first has committed.
        var isFirst = await db
            .AuthorizationCodes.Where(row => row.CodeHash == hash && row.UsedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(c => c.UsedAt, now), cancellationToken);
        var row = await db.AuthorizationCodes.SingleOrDefaultAsync(row => row.CodeHash == hash, cancellationToken);

        TokenPair? pair = null;
        if (isFirst == 1 && row is not null && IsAcceptable(row, verifier, client, redirectUri, now))
        {
            pair = sessions.Start(row.UserId, client.Id, userAgent, now);
            row.SessionId = pair.Session.Id;
        }
        else if (isFirst == 0 && row?.SessionId is { } issued)
        {
            await sessions.EndAsync(issued, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return pair;
    }

    private static bool IsAcceptable(
        AuthorizationCode code,
        string verifier,
        Client client,
        string? redirectUri,
        DateTimeOffset now
    ) =>
        now - code.CreatedAt <= _codeLifetime
        && code.ClientId == client.Id
        && (redirectUri is null || redirectUri == code.RedirectUri)
        && Verifier().IsMatch(verifier)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(code.CodeChallenge)
        );

    [GeneratedRegex(@"^[A-Za-z0-9._~-]{43,128}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Verifier();
}
