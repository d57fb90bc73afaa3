namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>Makes a process's clock wrong by a constant, from outside, with libfaketime.</summary>
internal static class FakeTime
{
    // The monotonic clock is off by the same constant, which no timer notices. Left true, waits end at wrong moments
    // and the process turns in circles.
    public static (string Name, string? Value)[] Off(TimeSpan by) =>
        [("LD_PRELOAD", Library), ("FAKETIME", $"{by.TotalSeconds:+0;-0}s")];

    // Where Debian puts it, below the machine's architecture.
    private static string Library =>
        Environment.GetEnvironmentVariable("FAKETIME_LIBRARY") is { Length: > 0 } given
            ? given
            : Directory
                .GetDirectories("/usr/lib")
                .Select(folder => Path.Combine(folder, "faketime/libfaketimeMT.so.1"))
                .FirstOrDefault(File.Exists)
                ?? throw new InvalidOperationException("libfaketime is missing; Debian's package is called faketime.");
}
