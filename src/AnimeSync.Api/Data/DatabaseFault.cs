using System.Data.Common;
using Npgsql;

namespace AnimeSync.Api.Data;

/// <summary>Says in a few words what the database refused. Drivers' own texts may hold hosts, users and paths.</summary>
internal static class DatabaseFault
{
    /// <summary>Null when the exception is not the database's.</summary>
    public static string? Describe(Exception exception) =>
        exception switch
        {
            PostgresException refused => $"PostgreSQL answered {refused.SqlState}.",
            DbException or TimeoutException => "the database named by DATABASE_URL does not answer.",
            IOException or UnauthorizedAccessException => "the database's file cannot be opened.",
            // EF wraps a fault that might pass in a remark about retries.
            InvalidOperationException { InnerException: { } inner } => Describe(inner),
            _ => null,
        };
}
