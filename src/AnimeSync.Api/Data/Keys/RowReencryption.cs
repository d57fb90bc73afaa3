using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data.Keys;

/// <summary>Re-encrypts every stored payload under one ring key, in batches, beside readers and writers.</summary>
internal sealed class RowReencryption(IServiceScopeFactory scopes, RowProtector protector, KeyRingCanaryCheck canary)
{
    private const int BatchSize = 200;

    // Rows that change under a pass are found by the next one, and each pass meets far fewer of them.
    private const int Passes = 10;

    public async Task<bool> AreLeftAsync(Guid target, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        return await database.AniListCredentials.AnyAsync(row => row.KeyId != target, cancellationToken)
            || await database.Sessions.AnyAsync(row => row.KeyId != target, cancellationToken);
    }

    public async Task<ReencryptionCounts> RunAsync(Guid target, CancellationToken cancellationToken)
    {
        var counts = new ReencryptionCounts();
        for (var pass = 0; pass < Passes; pass++)
        {
            var before = counts;
            counts = counts with { Unreadable = 0 };
            counts = await MoveAllAsync(EncryptedColumn.AniListTokens, target, counts, cancellationToken);
            counts = await MoveAllAsync(EncryptedColumn.RefreshKeys, target, counts, cancellationToken);
            if (counts.Moved == before.Moved && counts.Overtaken == before.Overtaken)
            {
                break;
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        await canary.ReencryptAsync(scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>(), cancellationToken);
        return counts;
    }

    private async Task<ReencryptionCounts> MoveAllAsync(
        EncryptedColumn column,
        Guid target,
        ReencryptionCounts counts,
        CancellationToken cancellationToken
    )
    {
        var last = Guid.Empty;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
            var batch = await column.Others(database, target, last).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var row in batch)
            {
                counts = await MoveAsync(database, column, row, counts, cancellationToken);
            }

            if (batch.Count < BatchSize)
            {
                return counts;
            }

            last = batch[^1].Owner;
        }
    }

    private async Task<ReencryptionCounts> MoveAsync(
        AnimeSyncDbContext database,
        EncryptedColumn column,
        EncryptedRow row,
        ReencryptionCounts counts,
        CancellationToken cancellationToken
    )
    {
        var plain = await protector.UnprotectAsync(column.Purpose, row.Owner, row.Ciphertext, cancellationToken);
        if (plain is null)
        {
            // Left as it is: whoever reads it next answers for it, and a restored ring could still open it.
            return counts with { Unreadable = counts.Unreadable + 1 };
        }

        var (ciphertext, keyId) = protector.Protect(column.Purpose, row.Owner, plain);
        var replaced = await column.ReplaceAsync(database, row, ciphertext, keyId, cancellationToken);
        return replaced > 0
            ? counts with
            {
                Moved = counts.Moved + 1,
            }
            : counts with
            {
                Overtaken = counts.Overtaken + 1,
            };
    }
}

/// <param name="Overtaken">Rows that somebody else changed or deleted between the read and the write.</param>
internal sealed record ReencryptionCounts(int Moved = 0, int Overtaken = 0, int Unreadable = 0)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Rows re-encrypted: {Moved}; changed meanwhile and looked at again: {Overtaken}; unreadable: {Unreadable}."
        );
}
