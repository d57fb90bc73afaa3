using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Npgsql;

namespace AnimeSync.Api.Tests.Data;

/// <summary>An empty database of its own: on the server of TEST_POSTGRES_URL, else a SQLite file.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name = $"test_{Guid.NewGuid():N}";
    private readonly string? _server = Environment.GetEnvironmentVariable("TEST_POSTGRES_URL") is { Length: > 0 } url
        ? url
        : null;
    private readonly string _folder = Directory.CreateTempSubdirectory("animesync-test-").FullName;

    private TestDatabase() { }

    public bool IsPostgres => _server is not null;

    /// <summary>As DATABASE_URL takes it.</summary>
    public string Url =>
        _server is null ? $"sqlite:///{_folder}/{_name}.db" : new UriBuilder(_server) { Path = _name }.Uri.ToString();

    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase();
        await database.OnServerAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    /// <summary>The options that a service gets whose one role may do everything.</summary>
    public DatabaseOptions Options => Read(("DATABASE_URL", Url), ("MIGRATIONS_DATABASE_URL", IsPostgres ? Url : null));

    public static DatabaseOptions Read(params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))
            .Build();
        var read = new Settings(configuration, new HostingEnvironment { EnvironmentName = "Production" });
        var options = DatabaseOptions.Read(read);
        read.ThrowIfFaulty();
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
        Directory.Delete(_folder, recursive: true);
    }

    // The names are made here, so nothing foreign is put into these statements.
#pragma warning disable CA2100
    public async Task OnServerAsync(string sql)
    {
        if (_server is null)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(Read(("DATABASE_URL", _server)).ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
#pragma warning restore CA2100
}
