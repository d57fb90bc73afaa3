using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Library;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnimeSync.Api.Data;

internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : AnimeSyncDbContext(options)
{
    // Any constant will do, as long as nothing else in this database takes the same advisory lock.
    private const long MaintenanceLock = 0x414E_494D_4553_594E;

    private static readonly TimeSpan _maintenancePatience = TimeSpan.FromMinutes(30);

    public override async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        await Database
            .SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"")
            .SingleAsync(cancellationToken);

    public override Task<Session?> LockSessionAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        Forget(sessionId);
        return Sessions
            .FromSql($"SELECT * FROM sessions WHERE id = {sessionId} FOR UPDATE")
            .SingleOrDefaultAsync(cancellationToken);
    }

    public override Task<UserList?> LockListAsync(Guid userId, CancellationToken cancellationToken) =>
        UserLists
            .FromSql($"SELECT * FROM user_lists WHERE user_id = {userId} FOR UPDATE")
            .SingleOrDefaultAsync(cancellationToken);

    public override async Task<IAsyncDisposable> LockMaintenanceAsync(CancellationToken cancellationToken)
    {
        // Outside the pool: a pooled connection would keep the lock until its next user resets it. Requests give up on
        // a lock after seconds; this one waits for another process's migration.
        var address = new NpgsqlConnectionStringBuilder(Database.GetConnectionString())
        {
            Pooling = false,
            Options = "-c lock_timeout=0",
            CommandTimeout = (int)_maintenancePatience.TotalSeconds,
        };
        // A clone has the password, which a pool's connection string does not show.
        var connection = ((NpgsqlConnection)Database.GetDbConnection()).CloneWith(address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection);
            command.Parameters.Add(new() { Value = MaintenanceLock });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // PostgreSQL's own lock on the history table ends with its transaction.
    public override Task ForgetAbandonedMigrationAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Autovacuum frees the dead rows; what remains of them on disk and in backups is told in docs/database.md.
    public override Task ScrubAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
