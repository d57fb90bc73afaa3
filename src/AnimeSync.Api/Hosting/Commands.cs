using AnimeSync.Api.Data;
using AnimeSync.Api.Data.Keys;

namespace AnimeSync.Api.Hosting;

/// <summary>What the binary can be asked to do. Each command reads only the settings it uses.</summary>
internal static class Commands
{
    private const int Refused = 1;
    private const int Misused = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args)
            {
                case []:
                    await ServeAsync();
                    return 0;
                case ["migrate"]:
                    await MigrateAsync();
                    return 0;
                case ["keys", "rotate"]:
                    await RotateKeysAsync();
                    return 0;
                case ["health"]:
                    return await IsReadyAsync() ? 0 : Refused;
                default:
                    await Console.Error.WriteLineAsync("usage: AnimeSync.Api [migrate | keys rotate | health]");
                    return Misused;
            }
        }
        catch (Exception exception) when (exception is SettingsException or StartupRefusedException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Refused;
        }
    }

    private static async Task ServeAsync()
    {
        await using var app = Program.Build([]);
        // Before the host starts, which would log a refusal with its stack trace.
        await app.Services.GetRequiredService<DatabaseStart>().EnsureReadyAsync(CancellationToken.None);
        await app.RunAsync();
    }

    private static async Task MigrateAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var settings = new Settings(builder.Configuration, builder.Environment);
        var options = DatabaseOptions.Read(settings);
        settings.ThrowIfFaulty();

        var applied = await SchemaMigration.RunAsync(options, CancellationToken.None);
        Console.WriteLine($"The schema is current; {applied} migrations were applied.");
    }

    private static async Task RotateKeysAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var settings = new Settings(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddData(DatabaseOptions.Read(settings));
        builder.Services.AddKeyRing(KeyRingOptions.Read(settings));
        settings.ThrowIfFaulty();
        await using var app = builder.Build();

        await app.Services.GetRequiredService<DatabaseStart>().EnsureReadyAsync(CancellationToken.None);
        var counts = await app.Services.GetRequiredService<KeyRotation>().RunAsync(CancellationToken.None);
        Console.WriteLine(counts);
    }

    private static Task<bool> IsReadyAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var settings = new Settings(builder.Configuration, builder.Environment);
        var listen = ListenOptions.Read(settings);
        settings.ThrowIfFaulty();
        return HealthProbe.RunAsync(listen.Public);
    }
}
