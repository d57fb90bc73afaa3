using AnimeSync.Api.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnimeSync.Api.Data;

/// <summary>Where rows live: PostgreSQL in production, a SQLite file on a desk.</summary>
/// <param name="MigrationsConnectionString">A role that may change the schema; null when the app's role must not.</param>
internal sealed record DatabaseOptions(bool IsPostgres, string ConnectionString, string? MigrationsConnectionString)
{
    /// <summary>A start migrates by itself on SQLite, or when the app's own role is the one that may.</summary>
    public bool MigratesAtStart => !IsPostgres || MigrationsConnectionString == ConnectionString;

    /// <summary>Connects as the role that may change the schema.</summary>
    public AnimeSyncDbContext CreateMigrationsContext()
    {
        if (IsPostgres)
        {
            var postgres = new DbContextOptionsBuilder<PostgresDbContext>();
            postgres.UsePostgres(MigrationsConnectionString ?? ConnectionString);
            return new PostgresDbContext(postgres.Options);
        }

        var sqlite = new DbContextOptionsBuilder<SqliteDbContext>();
        sqlite.UseSqliteFile(ConnectionString);
        return new SqliteDbContext(sqlite.Options);
    }

    // A record would print its connection strings, passwords included.
    public override string ToString() => nameof(DatabaseOptions);

    public static DatabaseOptions Read(Settings settings)
    {
        var app = Parse(settings, "DATABASE_URL", settings.RequiredSecret("DATABASE_URL"));
        var migrations = settings.OptionalSecret("MIGRATIONS_DATABASE_URL") is { } url
            ? Parse(settings, "MIGRATIONS_DATABASE_URL", url)
            : null;
        if (app is null)
        {
            return new(false, string.Empty, null);
        }

        if (migrations is not null && migrations.Value.IsPostgres != app.Value.IsPostgres)
        {
            settings.Refuse("MIGRATIONS_DATABASE_URL", "must name the same kind of database as DATABASE_URL");
        }

        return new(app.Value.IsPostgres, app.Value.ConnectionString, migrations?.ConnectionString);
    }

    private static (bool IsPostgres, string ConnectionString)? Parse(Settings settings, string name, string url)
    {
        if (url.StartsWith("sqlite:////", StringComparison.Ordinal))
        {
            var path = url["sqlite:///".Length..];
            return (false, new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        }

        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "postgresql" or "postgres")
        {
            return ParsePostgres(settings, name, uri);
        }

        if (url.Length > 0)
        {
            settings.Refuse(name, "must look like postgresql://user:pass@host/db or sqlite:////absolute/path.db");
        }

        return null;
    }

    private static (bool, string)? ParsePostgres(Settings settings, string name, Uri uri)
    {
        var credentials = uri.UserInfo.Split(':', 2);
        try
        {
            var builder = new NpgsqlConnectionStringBuilder
            {
                Host = uri.Host,
                Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
                Username = Uri.UnescapeDataString(credentials[0]),
                Password = credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : null,
                Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
                // A request that cannot have a connection soon is better refused than kept waiting.
                Timeout = 5,
                CommandTimeout = 10,
                MaxPoolSize = 50,
                Options = "-c lock_timeout=5000 -c timezone=UTC",
            };
            foreach (var parameter in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query))
            {
                builder[parameter.Key] = parameter.Value.ToString();
            }

            return (true, builder.ConnectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            settings.Refuse(name, "has a part that PostgreSQL's driver does not know");
            return null;
        }
    }
}
