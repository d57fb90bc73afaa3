using System.Diagnostics;

namespace RedisRateLimiting.Tests.Infrastructure;

public static class Eventually
{
    /// <summary>Polls until it holds, and says how long that took; gives up after 30 seconds.</summary>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "What was waited for did not come.");
            await Task.Delay(20);
        }

        return watch.Elapsed;
    }
}
