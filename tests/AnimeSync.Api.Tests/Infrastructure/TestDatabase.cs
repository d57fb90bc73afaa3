using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AnimeSync.Api.Tests.Infrastructure;

/// <summary>An empty database of its own: on the PostgreSQL server that TEST_POSTGRES_URL names, else a SQLite file.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string _name;

    private TestDatabase(string? server, string name, string url)
    {
        (_server, _name, Url) = (server, name, url);
    }

    public string Url { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        var serverUrl = Environment.GetEnvironmentVariable("TEST_POSTGRES_URL");
        if (string.IsNullOrEmpty(serverUrl))
        {
            var path = Path.Combine(Path.GetTempPath(), $"{name}.db");
            return new(null, path, $"sqlite:///{path}");
        }

        var uri = new Uri(serverUrl);
        var server = $"Host={uri.Host};Port={uri.Port};Username={uri.UserInfo};Database=postgres;Pooling=false";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        return new(server, name, $"postgresql://{uri.UserInfo}@{uri.Host}:{uri.Port}/{name}");
    }

    /// <summary>Runs one statement as the database's owner; for arranging what only time or an attacker could.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        if (_server is not null)
        {
            return await ExecuteAsync(_server.Replace("Database=postgres", $"Database={_name}"), sql);
        }

        await using var connection = new SqliteConnection($"Data Source={_name};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>A column of type timestamp, moved into the past, in this database's words.</summary>
    public string Ago(string column, TimeSpan by) =>
        _server is not null
            ? $"{column} = {column} - interval '{(long)by.TotalSeconds} seconds'"
            : $"{column} = {column} - {(long)by.TotalMicroseconds}";

    public async Task<long> CountAsync(string table) => Assert.Single(await CountAsync([table]));

    /// <summary>Counts several tables in one statement.</summary>
    public async Task<IReadOnlyList<long>> CountAsync(IReadOnlyList<string> tables)
    {
        await using DbConnection connection = _server is not null
            ? new NpgsqlConnection(_server.Replace("Database=postgres", $"Database={_name}"))
            : new SqliteConnection($"Data Source={_name};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", tables.Select(table => $"(SELECT count(*) FROM {table})"))}";
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return [.. tables.Select((_, column) => row.GetInt64(column))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
            return;
        }

        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_name) + "*"))
        {
            File.Delete(file);
        }
    }

    private static async Task<int> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
