using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace AnimeSync.Api.Data;

internal static class DataServices
{
    private static readonly SqliteSecureDelete _secureDelete = new();

    public static IServiceCollection AddData(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        if (options.IsPostgres)
        {
            services.AddSingleton(_ => DatabasePool.Create("app", options.ConnectionString));
            services.AddDbContextPool<PostgresDbContext>(
                (provider, builder) =>
                    builder.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention()
            );
            services.AddScoped<AnimeSyncDbContext>(scope => scope.GetRequiredService<PostgresDbContext>());
        }
        else
        {
            services.AddDbContextPool<SqliteDbContext>(builder => builder.UseSqliteFile(options.ConnectionString));
            services.AddScoped<AnimeSyncDbContext>(scope => scope.GetRequiredService<SqliteDbContext>());
        }

        return services;
    }

    public static DbContextOptionsBuilder UsePostgres(this DbContextOptionsBuilder builder, string connectionString) =>
        builder.UseNpgsql(connectionString).UseSnakeCaseNamingConvention();

    public static DbContextOptionsBuilder UseSqliteFile(
        this DbContextOptionsBuilder builder,
        string connectionString
    ) => builder.UseSqlite(connectionString).UseSnakeCaseNamingConvention().AddInterceptors(_secureDelete);
}

/// <summary>Lets `dotnet ef migrations add` build the model; it never connects.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresDbContext>
{
    public PostgresDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresDbContext>();
        builder.UsePostgres("Host=design-time");
        return new(builder.Options);
    }
}

/// <inheritdoc cref="PostgresDesignTimeFactory"/>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteDbContext>
{
    public SqliteDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteDbContext>();
        builder.UseSqliteFile("Data Source=design-time");
        return new(builder.Options);
    }
}
