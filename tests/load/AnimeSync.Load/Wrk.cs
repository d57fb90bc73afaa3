using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AnimeSync.Load;

/// <summary>One run of wrk against one address; only loopback, only for as long as asked.</summary>
internal sealed partial record Wrk(double RequestsPerSecond, TimeSpan Median)
{
    public static async Task<Wrk> RunAsync(Uri address, string script, string? token, int connections, int seconds)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (
            var argument in new[]
            {
                "-t1",
                $"-c{connections.ToString(CultureInfo.InvariantCulture)}",
                $"-d{seconds.ToString(CultureInfo.InvariantCulture)}s",
                "--latency",
                "-s",
                script,
                new Uri(address, token is null ? "/" : "/graphql").ToString(),
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["TOKEN"] = token ?? string.Empty;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (
            output.Contains("Non-2xx", StringComparison.Ordinal)
            || output.Contains("Socket errors", StringComparison.Ordinal)
        )
        {
            throw new InvalidOperationException($"{address} did not answer every request with success:\n{output}");
        }

        var median = Median50().Match(output);
        return new(
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

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+([0-9.]+)(us|ms|s)")]
    private static partial Regex Median50();
}
