using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Library;

/// <summary>Lets one writer at a time change a person's list, however many replicas there are.</summary>
internal sealed class LibraryWriter(AnimeSyncDbContext db, TimeProvider clock)
{
    /// <summary>Waits for its turn. What was read before may have changed since.</summary>
    public async Task<LibraryTransaction> BeginAsync(Guid userId, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var list = await db.LockListAsync(userId, cancellationToken);
            if (list is null)
            {
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO user_lists (user_id, change_seq, score_format) VALUES ({userId}, 0, 'POINT_100')
                    ON CONFLICT DO NOTHING
                    """,
                    cancellationToken
                );
                list = await db.LockListAsync(userId, cancellationToken);
            }

            return new(db, transaction, list!, clock.GetUtcNow());
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
