using System.Diagnostics;
using Npgsql;

namespace AnimeSync.Api.Data;

/// <summary>Connections to PostgreSQL under a word, since a trace would name them by their address.</summary>
internal static class DatabasePool
{
    public static NpgsqlDataSource Create(
        string name,
        string connectionString,
        Action<NpgsqlConnectionStringBuilder>? configure = null
    )
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = name };
        configure?.Invoke(builder.ConnectionStringBuilder);
        // What polls in the background belongs to no request, and would be most of all spans.
        builder.ConfigureTracing(traces => traces.ConfigureCommandFilter(_ => Activity.Current is not null));
        return builder.Build();
    }
}
