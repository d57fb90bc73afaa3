using RedisRateLimiting.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>
/// For counts that hold only while Redis answers in time: when it did not because the machine was busy, which the
/// service logs, the check is made again.
/// </summary>
internal static class Steady
{
    private const int Attempts = 5;

    public static async Task CheckAsync(Func<Task> check, params Service[] services)
    {
        for (var attempt = 1; ; attempt++)
        {
            foreach (var service in services)
            {
                await BecomesAsync(service, "ready");
            }

            var before = LossesOf(services);
            try
            {
                await check();
                return;
            }
            catch (Exception) when (attempt < Attempts)
            {
                // The log comes through a pipe.
                await Task.Delay(500);
                if (LossesOf(services) == before)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Waits until the probe says this word, with 200 all the while, and says how long that took.</summary>
    public static async Task<TimeSpan> BecomesAsync(Service service, string status)
    {
        using var client = service.CreateClient();
        return await Eventually.TrueAsync(async () =>
            (await client.GetStringAsync("/readyz")).Contains($"\"{status}\"", StringComparison.Ordinal)
        );
    }

    private static int LossesOf(Service[] services) =>
        services.Sum(service => service.Output.Split("Redis does not answer").Length);
}
