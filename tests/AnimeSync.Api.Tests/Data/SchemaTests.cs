using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Tests.Data;

public sealed class SchemaTests
{
    [Fact]
    public void The_model_and_the_postgres_migrations_agree()
    {
        using var database = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.False(database.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_model_and_the_sqlite_migrations_agree()
    {
        using var database = new SqliteDesignTimeFactory().CreateDbContext([]);

        Assert.False(database.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Migrations_apply_from_empty_and_a_second_run_finds_nothing_to_do()
    {
        await using var database = await EmptyDatabase.CreateAsync();

        var first = await SchemaMigration.RunAsync(database.Options, CancellationToken.None);
        var second = await SchemaMigration.RunAsync(database.Options, CancellationToken.None);

        Assert.True(first > 0);
        Assert.Equal(0, second);
    }

    [Fact]
    public async Task Two_migrations_at_once_are_one()
    {
        await using var database = await EmptyDatabase.CreateAsync();

        var applied = await Task.WhenAll(
            Task.Run(() => SchemaMigration.RunAsync(database.Options, CancellationToken.None)),
            Task.Run(() => SchemaMigration.RunAsync(database.Options, CancellationToken.None))
        );

        Assert.Single(applied, count => count > 0);
    }

    [Fact]
    public async Task The_databases_clock_is_close_to_ours_and_utc()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var context = database.Options.CreateMigrationsContext();

        var now = await context.NowAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, now.Offset);
        Assert.InRange(now - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    [Trait("Needs", "postgres")]
    public async Task A_start_without_the_right_to_migrate_refuses_an_empty_database()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        var options = EmptyDatabase.Read(("DATABASE_URL", database.Url));

        var refusal = await Assert.ThrowsAsync<StartupRefusedException>(() => TestService.StartAsync(options));

        Assert.Contains("migrate", refusal.Message, StringComparison.Ordinal);
    }
}
