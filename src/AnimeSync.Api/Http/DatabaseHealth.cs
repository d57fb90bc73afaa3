using System.Data.Common;
using AnimeSync.Api.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AnimeSync.Api.Http;

/// <summary>Asks the database on a connection of its own: a pool that requests have used up is no outage.</summary>
internal sealed class DatabaseHealth(DatabaseOptions options) : IHealthCheck
{
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

    private DbConnection Connect() =>
        options.IsPostgres
            ? new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(options.ConnectionString)
                {
                    ApplicationName = "animesync-health",
                    MaxPoolSize = 2,
                    Timeout = 1,
                    CommandTimeout = 1,
                }.ConnectionString
            )
            : new SqliteConnection(options.ConnectionString);
}
