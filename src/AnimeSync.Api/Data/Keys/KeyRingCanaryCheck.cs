using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data.Keys;

/// <summary>Writes and opens the one row that tells whether this ring is the one the database was encrypted with.</summary>
internal sealed class KeyRingCanaryCheck(RowProtector protector)
{
    public const string Purpose = "KeyRingCanary.v1";

    private static readonly byte[] _plain = "AnimeSync"u8.ToArray();

    public async Task WriteAsync(AnimeSyncDbContext database, CancellationToken cancellationToken)
    {
        database.KeyRingCanaries.Add(new() { Ciphertext = protector.Protect(Purpose, Guid.Empty, _plain).Ciphertext });
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<bool> OpensAsync(AnimeSyncDbContext database, CancellationToken cancellationToken)
    {
        var row = await database.KeyRingCanaries.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var plain = row is null
            ? null
            : await protector.UnprotectAsync(Purpose, Guid.Empty, row.Ciphertext, cancellationToken);
        return plain is not null && plain.AsSpan().SequenceEqual(_plain);
    }

    public async Task ReencryptAsync(AnimeSyncDbContext database, CancellationToken cancellationToken)
    {
        var (ciphertext, _) = protector.Protect(Purpose, Guid.Empty, _plain);
        if (await OpensAsync(database, cancellationToken))
        {
            await database.KeyRingCanaries.ExecuteUpdateAsync(
                row => row.SetProperty(it => it.Ciphertext, ciphertext),
                cancellationToken
            );
        }
    }
}
