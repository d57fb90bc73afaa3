namespace AnimeSync.Api.Tests.Infrastructure;

/// <summary>Waits for what happens soon but not at once, by asking again.</summary>
internal static class Eventually
{
    public static async Task BecomesAsync<T>(T expected, Func<Task<T>> ask, int seconds = 10)
    {
        var began = TimeProvider.System.GetTimestamp();
        var last = await ask();
        while (!Equals(last, expected) && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(seconds))
        {
            await Task.Delay(50);
            last = await ask();
        }

        Assert.Equal(expected, last);
    }
}
