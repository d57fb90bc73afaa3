namespace AnimeSync.Api.Tests.Data;

/// <summary>A PostgreSQL role that may connect and nothing more.</summary>
internal sealed class TestRole : IAsyncDisposable
{
    private readonly EmptyDatabase _database;
    private readonly string _name = $"app_{Guid.NewGuid():N}";

    private TestRole(EmptyDatabase database) => _database = database;

    public string Url => new UriBuilder(_database.Url) { UserName = _name }.Uri.ToString();

    public static async Task<TestRole> CreateAsync(EmptyDatabase database)
    {
        var role = new TestRole(database);
        await database.OnServerAsync($"CREATE ROLE {role._name} LOGIN");
        return role;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.ExecuteAsync($"DROP OWNED BY {_name}");
        await _database.OnServerAsync($"DROP ROLE {_name}");
    }
}
