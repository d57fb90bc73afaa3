using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data.Keys;

internal sealed record EncryptedRow(Guid Owner, byte[] Ciphertext);

/// <summary>Where the encrypted columns are, for whoever must visit them all.</summary>
internal abstract class EncryptedColumn(string purpose)
{
    public static readonly EncryptedColumn AniListTokens = new AniListTokenColumn();
    public static readonly EncryptedColumn RefreshKeys = new RefreshKeyColumn();

    public string Purpose { get; } = purpose;

    /// <summary>Rows after one owner, in the owners' order, that are under another key than the target.</summary>
    public abstract IQueryable<EncryptedRow> Others(AnimeSyncDbContext database, Guid target, Guid after);

    /// <summary>Writes only over the payload that was read; 0 when it is no longer there.</summary>
    public abstract Task<int> ReplaceAsync(
        AnimeSyncDbContext database,
        EncryptedRow old,
        byte[] ciphertext,
        Guid keyId,
        CancellationToken cancellationToken
    );

    private sealed class AniListTokenColumn() : EncryptedColumn(AniListCredentialStore.Purpose)
    {
        public override IQueryable<EncryptedRow> Others(AnimeSyncDbContext database, Guid target, Guid after) =>
            database
                .AniListCredentials.Where(row => row.KeyId != target && row.UserId > after)
                .OrderBy(row => row.UserId)
                .Select(row => new EncryptedRow(row.UserId, row.Ciphertext));

        public override Task<int> ReplaceAsync(
            AnimeSyncDbContext database,
            EncryptedRow old,
            byte[] ciphertext,
            Guid keyId,
            CancellationToken cancellationToken
        ) =>
            database
                .AniListCredentials.Where(row => row.UserId == old.Owner && row.Ciphertext == old.Ciphertext)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(it => it.Ciphertext, ciphertext).SetProperty(it => it.KeyId, keyId),
                    cancellationToken
                );
    }

    private sealed class RefreshKeyColumn() : EncryptedColumn(RowProtector.RefreshKeyPurpose)
    {
        public override IQueryable<EncryptedRow> Others(AnimeSyncDbContext database, Guid target, Guid after) =>
            database
                .Sessions.Where(row => row.KeyId != target && row.Id > after)
                .OrderBy(row => row.Id)
                .Select(row => new EncryptedRow(row.Id, row.ProtectedKey));

        public override Task<int> ReplaceAsync(
            AnimeSyncDbContext database,
            EncryptedRow old,
            byte[] ciphertext,
            Guid keyId,
            CancellationToken cancellationToken
        ) =>
            database
                .Sessions.Where(row => row.Id == old.Owner && row.ProtectedKey == old.Ciphertext)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(it => it.ProtectedKey, ciphertext).SetProperty(it => it.KeyId, keyId),
                    cancellationToken
                );
    }
}
