using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnimeSync.Api.Tests.Data;

[Trait("Needs", "postgres")]
public sealed class DatabaseRoleTests
{
    [Fact]
    public async Task The_apps_role_serves_but_changes_no_schema()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var role = await TestRole.CreateAsync(database);
        var options = EmptyDatabase.Read(("DATABASE_URL", role.Url), ("MIGRATIONS_DATABASE_URL", database.Url));
        await SchemaMigration.RunAsync(options, CancellationToken.None);

        await using var service = await TestService.StartAsync(options);
        var user = await service.AddUserAsync(1, "token-of-one");

        Assert.Equal("token-of-one", await service.FindTokenAsync(user));
        Assert.Equal("42501", await RefusalAsync(service, "CREATE TABLE intruder (id int)"));
        Assert.Equal("42501", await RefusalAsync(service, "ALTER TABLE users ADD COLUMN intruder int"));
        Assert.Equal("42501", await RefusalAsync(service, "DROP TABLE users"));
        Assert.Equal("42501", await RefusalAsync(service, "DELETE FROM \"__EFMigrationsHistory\""));
    }

    private static async Task<string?> RefusalAsync(TestService service, string sql) =>
        (
            await Assert.ThrowsAsync<PostgresException>(() =>
                service.InScopeAsync((rows, _) => rows.Database.ExecuteSqlRawAsync(sql))
            )
        ).SqlState;
}
