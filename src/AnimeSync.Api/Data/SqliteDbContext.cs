using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Library;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AnimeSync.Api.Data;

/// <summary>The desk's database: one process, whose transactions begin immediate, so a reader in one is a writer.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : AnimeSyncDbContext(options)
{
    private static readonly TimeSpan _lockPause = TimeSpan.FromMilliseconds(50);

    public override async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            await Database
                .SqlQuery<long>($"SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS \"Value\"")
                .SingleAsync(cancellationToken)
        );

    public override Task<Session?> LockSessionAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        Forget(sessionId);
        return Sessions.SingleOrDefaultAsync(session => session.Id == sessionId, cancellationToken);
    }

    // The transaction began immediate, so there is no other writer.
    public override Task<UserList?> LockListAsync(Guid userId, CancellationToken cancellationToken) =>
        UserLists.SingleOrDefaultAsync(list => list.UserId == userId, cancellationToken);

    public override async Task<IAsyncDisposable> LockMaintenanceAsync(CancellationToken cancellationToken)
    {
        var path = new SqliteConnectionStringBuilder(Database.GetConnectionString()).DataSource + ".lock";
        var exclusive = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            // Whoever can open it could hold it, and keep the service from starting.
            exclusive.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        while (true)
        {
            try
            {
                return new FileStream(path, exclusive);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(_lockPause, cancellationToken);
            }
        }
    }

    // Freed pages are zeroed (SqliteSecureDelete); the write-ahead log still has them as they were.
    public override Task ScrubAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);

    public override Task ForgetAbandonedMigrationAsync(CancellationToken cancellationToken) =>
        // EF marks a running migration with a row, and waits for ever on one whose process was killed.
        Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);

    // SQLite has no time type; numbers compare and sort, EF's default text for DateTimeOffset does not.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();

    private sealed class UnixMicroseconds()
        : ValueConverter<DateTimeOffset, long>(
            time => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
            number => new DateTimeOffset(
                number * TimeSpan.TicksPerMicrosecond + DateTime.UnixEpoch.Ticks,
                TimeSpan.Zero
            )
        );
}
