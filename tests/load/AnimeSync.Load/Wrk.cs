using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AnimeSync.Load;

/// <summary>Where one side of a row answers, and the token it wants.</summary>
internal sealed record Side(Uri Address, string? Token = null);

/// <summary>One run of wrk against one address; only loopback, only for as long as asked.</summary>
internal sealed partial record Wrk(long Answered, double RequestsPerSecond, TimeSpan Median)
{
    /// <param name="settings">What the script reads from its environment, besides TOKEN.</param>
    public static async Task<Wrk> RunAsync(
        Side side,
        string script,
        int connections,
        int seconds,
        params IEnumerable<(string Name, int Value)> settings
    )
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (
            var argument in new[]
            {
                "-t1",
                $"-c{connections.ToString(CultureInfo.InvariantCulture)}",
                $"-d{seconds.ToString(CultureInfo.InvariantCulture)}s",
                // A machine that does other things too is no failure.
                "--timeout",
                "20s",
                "--latency",
                "-s",
                script,
                side.Address.ToString(),
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["TOKEN"] = side.Token ?? string.Empty;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value.ToString(CultureInfo.InvariantCulture);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (
            output.Contains("Non-2xx", StringComparison.Ordinal)
            || output.Contains("Socket errors", StringComparison.Ordinal)
        )
        {
            throw new InvalidOperationException($"{side.Address} did not answer every request with success:\n{output}");
        }

        var median = Median50().Match(output);
        return new(
            long.Parse(Total().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            double.Parse(Rate().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            double.Parse(median.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                * (
                    median.Groups[2].Value switch
                    {
                        "us" => TimeSpan.FromMicroseconds(1),
                        "ms" => TimeSpan.FromMilliseconds(1),
                        _ => TimeSpan.FromSeconds(1),
                    }
                )
        );
    }

    [GeneratedRegex(@"([0-9]+) requests in")]
    private static partial Regex Total();

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+([0-9.]+)(us|ms|s)")]
    private static partial Regex Median50();
}
