using System.Data;
using System.Text;
using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Npgsql;

namespace AnimeSync.Api.Tests.Data;

/// <summary>An empty database of its own: on the server of TEST_POSTGRES_URL, else a SQLite file.</summary>
internal sealed class EmptyDatabase : IAsyncDisposable
{
    private readonly string _name = $"test_{Guid.NewGuid():N}";
    private readonly string? _server = Environment.GetEnvironmentVariable("TEST_POSTGRES_URL") is { Length: > 0 } url
        ? url
        : null;
    private readonly string _folder = Directory.CreateTempSubdirectory("animesync-test-").FullName;

    private EmptyDatabase() { }

    public bool IsPostgres => _server is not null;

    /// <summary>As DATABASE_URL takes it.</summary>
    public string Url =>
        _server is null ? $"sqlite:///{_folder}/{_name}.db" : new UriBuilder(_server) { Path = _name }.Uri.ToString();

    public static async Task<EmptyDatabase> CreateAsync()
    {
        var database = new EmptyDatabase();
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

    public Task OnServerAsync(string sql) => _server is null ? Task.CompletedTask : ExecuteAsync(_server, sql);

    public Task ExecuteAsync(string sql) => ExecuteAsync(Url, sql);

    /// <summary>All that is in the database, as a dump or the SQLite files give it.</summary>
    public async Task<string> DumpAsync()
    {
        if (!IsPostgres)
        {
            var files = Directory.GetFiles(_folder).Select(ReadShared);
            return string.Concat(files.Select(Encoding.Latin1.GetString));
        }

        await using var connection = new NpgsqlConnection(Read(("DATABASE_URL", Url)).ConnectionString);
        await connection.OpenAsync();
        var text = new StringBuilder();
        foreach (var table in connection.GetSchema("Tables").Rows.Cast<DataRow>().Select(row => row["table_name"]))
        {
            using var export = await connection.BeginTextExportAsync($"COPY \"{table}\" TO STDOUT");
            text.Append(await export.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static async Task ExecuteAsync(string url, string sql)
    {
        await using var connection = new NpgsqlConnection(Read(("DATABASE_URL", url)).ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}
