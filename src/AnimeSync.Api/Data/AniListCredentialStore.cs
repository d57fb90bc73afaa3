using System.Text;
using AnimeSync.Api.Data.Keys;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data;

/// <summary>Holds AniList tokens; plain text leaves this class only as a return value, and only to its owner's row.</summary>
internal sealed class AniListCredentialStore(AnimeSyncDbContext database, RowProtector protector, TimeProvider clock)
{
    public const string Purpose = "AniListToken.v1";

    /// <summary>
    /// Writes the user's one credential and ends any re-link request, in the caller's transaction if there is one.
    /// The caller holds the user's row, so that two sign-ins of a new user cannot both insert.
    /// </summary>
    public async Task StoreAsync(
        Guid userId,
        string token,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    )
    {
        var (ciphertext, keyId) = protector.Protect(Purpose, userId, Encoding.UTF8.GetBytes(token));
        var now = clock.GetUtcNow();
        var updated = await Of(userId)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(credential => credential.Ciphertext, ciphertext)
                        .SetProperty(credential => credential.KeyId, keyId)
                        .SetProperty(credential => credential.ExpiresAt, expiresAt)
                        .SetProperty(credential => credential.LinkedAt, now)
                        .SetProperty(credential => credential.RelinkRequiredSince, (DateTimeOffset?)null),
                cancellationToken
            );
        if (updated > 0)
        {
            return;
        }

        database.AniListCredentials.Add(
            new()
            {
                UserId = userId,
                Ciphertext = ciphertext,
                KeyId = keyId,
                ExpiresAt = expiresAt,
                LinkedAt = now,
            }
        );
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Null when there is none that could be used: the user has to link AniList again.</summary>
    public async Task<string?> FindTokenAsync(Guid userId, CancellationToken cancellationToken)
    {
        var row = await Of(userId).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (row is null or { RelinkRequiredSince: not null } || row.ExpiresAt <= clock.GetUtcNow())
        {
            return null;
        }

        if (await protector.UnprotectAsync(Purpose, userId, row.Ciphertext, cancellationToken) is { } token)
        {
            return Encoding.UTF8.GetString(token);
        }

        // Only the payload that failed is marked: the user may have linked again since it was read.
        await MarkAsync(Of(userId).Where(credential => credential.Ciphertext == row.Ciphertext), cancellationToken);
        return null;
    }

    /// <summary>
    /// AniList called this token invalid. A credential that has been replaced since is another token, and stays.
    /// </summary>
    public async Task RequireRelinkAsync(Guid userId, string token, CancellationToken cancellationToken)
    {
        if (
            await Of(userId).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } row
            && await protector.UnprotectAsync(Purpose, userId, row.Ciphertext, cancellationToken) is { } stored
            && stored.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(token))
        )
        {
            await MarkAsync(Of(userId).Where(credential => credential.Ciphertext == row.Ciphertext), cancellationToken);
        }
    }

    private IQueryable<AniListCredential> Of(Guid userId) =>
        database.AniListCredentials.Where(credential => credential.UserId == userId);

    private Task<int> MarkAsync(IQueryable<AniListCredential> rows, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return rows.Where(credential => credential.RelinkRequiredSince == null)
            .ExecuteUpdateAsync(
                row => row.SetProperty(credential => credential.RelinkRequiredSince, now),
                cancellationToken
            );
    }
}
