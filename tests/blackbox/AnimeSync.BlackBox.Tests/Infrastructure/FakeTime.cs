namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>Makes a process's clock wrong, from outside, with libfaketime.</summary>
internal static class FakeTime
{
    public static string Library { get; } =
        Environment.GetEnvironmentVariable("FAKETIME_LIBRARY") is { Length: > 0 } found
            ? found
            : throw new InvalidOperationException("FAKETIME_LIBRARY is not set; run tests/run.");

    // The monotonic clock is off by the same constant, which no timer notices. Left true, waits end at wrong moments
    // and the process turns in circles.
    public static (string Name, string? Value)[] Off(TimeSpan by) =>
        [("LD_PRELOAD", Library), ("FAKETIME", $"{by.TotalSeconds:+0;-0}s")];
}
