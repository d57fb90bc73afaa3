namespace AnimeSync.Api.Hosting;

/// <summary>A background service's loop: a round at once and at every tick, until the service ends.</summary>
internal static class Rounds
{
    /// <param name="failed">Told of a round that threw; the next one comes all the same.</param>
    public static async Task RunAsync(
        TimeSpan interval,
        TimeProvider clock,
        Func<CancellationToken, Task> round,
        Action<Exception> failed,
        CancellationToken stoppingToken
    )
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            do
            {
                await TryAsync(round, failed, stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The end, whatever it broke off. The host takes an exception for a crash when it is disposed of without
            // having been stopped.
        }
    }

    private static async Task TryAsync(
        Func<CancellationToken, Task> round,
        Action<Exception> failed,
        CancellationToken stoppingToken
    )
    {
        try
        {
            await round(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            failed(exception);
        }
    }
}
