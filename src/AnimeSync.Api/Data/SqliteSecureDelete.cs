using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AnimeSync.Api.Data;

/// <summary>
/// Makes SQLite overwrite what it deletes: otherwise an erased account stays readable in the file's free pages
/// (https://www.sqlite.org/pragma.html#pragma_secure_delete). The setting belongs to a connection.
/// </summary>
internal sealed class SqliteSecureDelete : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        // Nothing to wait for: the driver is synchronous, and the setting touches no file.
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA secure_delete = ON";
        command.ExecuteNonQuery();
    }
}
