using System.Net;
using System.Text.RegularExpressions;

namespace AnimeSync.BlackBox.Tests.Telemetry;

/// <summary>What a scraper reads on a service's admin listener.</summary>
internal static class Metrics
{
    public static async Task<string> ReadAsync(IPEndPoint admin)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"http://{admin}/metrics"), TestContext.Current.CancellationToken);
    }

    /// <summary>A request is counted after its answer has gone out, and a scrape may show what was read just before.</summary>
    public static async Task ShowAsync(IPEndPoint admin, string line)
    {
        var pattern = new Regex(line, RegexOptions.Multiline);
        var text = string.Empty;
        for (var attempt = 0; attempt < 100 && !pattern.IsMatch(text); attempt++)
        {
            text = await ReadAsync(admin);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.True(pattern.IsMatch(text), $"{line} is not in:\n{text}");
    }

    /// <summary>The line of a route's requests that ended with a status, at least one of them.</summary>
    public static string Served(string route, int status) =>
        $"^http_server_request_duration_seconds_count{{.*status_code=\"{status}\".*http_route=\"{Regex.Escape(route)}/?\".*}} [1-9]";
}
