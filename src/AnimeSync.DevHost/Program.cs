using AnimeSync.Api.Hosting;

namespace AnimeSync.DevHost;

/// <summary>The whole service on a desk: AniList's emulator and the API in one process, nothing to install or configure.</summary>
public static class Program
{
    private const int Refused = 1;
    private const int Misused = 2;

    public static async Task<int> Main(string[] args)
    {
        if (args.Length > 0)
        {
            await Console.Error.WriteLineAsync(
                "DevHost takes no options: settings are environment variables (see README.md)."
            );
            return Misused;
        }

        using var stop = new StopSignals();
        try
        {
            await using var desk = Desk.Prepare(Environment.GetEnvironmentVariable);
            await desk.StartAsync(stop.Token);
            desk.Welcome(Console.Out);
            await desk.WaitAsync(stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return 0;
        }
        catch (SettingsException refused)
        {
            // Two features may read one setting, and both refuse it.
            foreach (var fault in refused.Faults)
            {
                await Console.Error.WriteLineAsync(fault);
            }

            return Refused;
        }
        catch (StartupRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Refused;
        }
    }
}
