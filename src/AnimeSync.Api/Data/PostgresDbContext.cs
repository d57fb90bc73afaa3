using AnimeSync.Api.Auth.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data;

internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : AnimeSyncDbContext(options)
{
    // Any constant will do, as long as nothing else in this database takes the same advisory lock.
    private const long MaintenanceLock = 0x414E_494D_4553_594E;

    public override async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        await Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS value").SingleAsync(cancellationToken);

    public override Task<Session?> LockSessionAsync(Guid sessionId, CancellationToken cancellationToken) =>
        Sessions
            .FromSql($"SELECT * FROM sessions WHERE id = {sessionId} FOR UPDATE")
            .SingleOrDefaultAsync(cancellationToken);

    public override async Task LockMaintenanceAsync(CancellationToken cancellationToken)
    {
        // The lock belongs to the connection, so the connection must outlive this call.
        await Database.OpenConnectionAsync(cancellationToken);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MaintenanceLock})", cancellationToken);
    }
}
