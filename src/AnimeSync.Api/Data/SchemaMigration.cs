using AnimeSync.Api.Hosting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnimeSync.Api.Data;

/// <summary>Brings the schema up to date, one process at a time, and gives the app's role rows but no tables to make.</summary>
internal static class SchemaMigration
{
    // An index over a large table takes its time; the app's own ten seconds are for requests.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(30);

    /// <returns>How many migrations were applied; none when the schema was current.</returns>
    public static async Task<int> RunAsync(DatabaseOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = options.CreateMigrationsContext();
            await using var maintenance = await database.LockMaintenanceAsync(cancellationToken);
            database.Database.SetCommandTimeout(_patience);
            await database.ForgetAbandonedMigrationAsync(cancellationToken);
            var pending = await database.Database.GetPendingMigrationsAsync(cancellationToken);
            await database.Database.MigrateAsync(cancellationToken);
            await GrantAsync(database, options, cancellationToken);
            return pending.Count();
        }
        catch (Exception exception) when (DatabaseFault.Describe(exception) is { } fault)
        {
            throw new StartupRefusedException($"The schema could not be brought up to date: {fault}");
        }
    }

    public static async Task RequireCurrentAsync(AnimeSyncDbContext database, CancellationToken cancellationToken)
    {
        var pending = await database.Database.GetPendingMigrationsAsync(cancellationToken);
        if (pending.Any())
        {
            throw new StartupRefusedException(
                "The database's schema is not current: run the command `migrate` first (see docs/database.md)."
            );
        }
    }

    private static async Task GrantAsync(
        AnimeSyncDbContext database,
        DatabaseOptions options,
        CancellationToken cancellationToken
    )
    {
        if (!options.IsPostgres || options.MigrationsConnectionString is not { } migrations)
        {
            return;
        }

        var role = new NpgsqlConnectionStringBuilder(options.ConnectionString).Username ?? string.Empty;
        if (role == new NpgsqlConnectionStringBuilder(migrations).Username)
        {
            return;
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync(
            $"SELECT set_config('animesync.app_role', {role}, true)",
            cancellationToken
        );
        await database.Database.ExecuteSqlRawAsync(Grants, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // DDL takes no parameters, so the role's name goes through a setting and is quoted by the server.
    private const string Grants = """
        DO $$
        DECLARE app text := current_setting('animesync.app_role');
        BEGIN
          EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', app);
          EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', app);
          EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', app);
          EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public '
            'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', app);
          EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO %I', app);
          EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON "__EFMigrationsHistory" FROM %I', app);
        END $$
        """;
}
