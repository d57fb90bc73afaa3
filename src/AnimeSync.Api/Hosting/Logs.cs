namespace AnimeSync.Api.Hosting;

internal static class Logs
{
    /// <summary>
    /// The frameworks' line for every query, request and look into a cache would drown ours. A longer name still opens what is wanted:
    /// `Logging__LogLevel__Microsoft.EntityFrameworkCore.Database=Information`.
    /// </summary>
    public static void QuietFrameworks(this ILoggingBuilder logging) =>
        logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("ZiggyCreatures", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
}
