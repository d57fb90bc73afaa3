using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace AnimeSync.Api.Http;

/// <summary>Turns what was thrown into a problem document that says nothing about the inside.</summary>
internal sealed partial class Failures(ILogger<Failures> logger) : IExceptionHandler
{
    // Long enough for a failover of the database to have a chance, short enough to go unnoticed.
    private const string RetryAfterSeconds = "2";

    public async ValueTask<bool> TryHandleAsync(
        HttpContext context,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (exception is BadHttpRequestException badRequest)
        {
            await Refusals.ForBadRequest(badRequest).ExecuteAsync(context);
        }
        else if (exception is IOException { InnerException: OverflowException })
        {
            // How Kestrel reports a chunk size beyond its integers.
            context.Response.Headers.Connection = "close";
            await Problems.MalformedRequest.WriteAsync(context);
        }
        else if (IsDatabaseOutage(exception))
        {
            Log.DatabaseUnavailable(logger, Refusals.TraceOf(context), exception);
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await Problems.TemporarilyUnavailable.WriteAsync(context);
        }
        else
        {
            Log.Unexpected(logger, Refusals.TraceOf(context), exception);
            await Problems.Internal.WriteAsync(context);
        }

        return true;
    }

    /// <summary>True when the same request may succeed later: no connection, no free slot, a lock, a failover.</summary>
    internal static bool IsDatabaseOutage(Exception? exception) =>
        exception switch
        {
            null => false,
            RetryLimitExceededException => true,
            PostgresException postgres => postgres.IsTransient
                || postgres.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled,
            SqliteException sqlite => sqlite.SqliteErrorCode
                is SqliteBusy
                    or SqliteLocked
                    or SqliteFull
                    or SqliteCannotOpen,
            DbException { IsTransient: true } => true,
            _ => IsDatabaseOutage(exception.InnerException),
        };

    // https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request failed unexpectedly (trace {TraceId}).")]
        public static partial void Unexpected(ILogger logger, string traceId, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The database did not serve a request (trace {TraceId}).")]
        public static partial void DatabaseUnavailable(ILogger logger, string traceId, Exception exception);
    }
}
