using System.Data.Common;
using AnimeSync.Api.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AnimeSync.Api.Http;

/// <summary>Asks the database on a connection of its own: a pool that requests have used up is no outage.</summary>
internal sealed class DatabaseHealth(DatabaseOptions options) : IHealthCheck, IAsyncDisposable
{
    private readonly NpgsqlDataSource? _postgres = options.IsPostgres
        ? DatabasePool.Create("health", options.ConnectionString, Restrict)
        : null;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = Connect();
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }

    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;

    private DbConnection Connect() =>
        _postgres?.CreateConnection() ?? (DbConnection)new SqliteConnection(options.ConnectionString);

    private static void Restrict(NpgsqlConnectionStringBuilder address)
    {
        address.ApplicationName = "animesync-health";
        address.MaxPoolSize = 2;
        address.Timeout = 1;
        address.CommandTimeout = 1;
    }
}
