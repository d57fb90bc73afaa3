using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Load;

/// <summary>The emulator's own rows: an upstream that is slow or that slows down would be measured as the service.</summary>
internal static class SandboxBenchmarks
{
    private const string Chunk =
        "query ($name: String, $chunk: Int) { MediaListCollection(userName: $name, type: ANIME, chunk: $chunk, perChunk: 500, sort: [UPDATED_TIME_DESC]) { hasNextChunk lists { name entries { id mediaId status score progress updatedAt media { id title { romaji } } } } } }";

    private static readonly string _self = typeof(SandboxBenchmarks).Assembly.Location;

    public static async Task<int> RunAsync()
    {
        var (sandboxPort, barePort) = (FreePort.Next(), FreePort.Next());
        await using var sandbox = await ServerProcess.StartAsync(
            "dotnet",
            $"{Path.Combine(Path.GetDirectoryName(_self)!, "../../AnimeSync.Sandbox/release/AnimeSync.Sandbox.dll")} --port {sandboxPort.ToString(CultureInfo.InvariantCulture)}",
            sandboxPort,
            "/",
            new Dictionary<string, string>()
        );
        await using var bare = await ServerProcess.StartAsync(
            "dotnet",
            $"{_self} title",
            barePort,
            "/",
            new Dictionary<string, string> { ["PORT"] = barePort.ToString(CultureInfo.InvariantCulture) }
        );

        var results = new List<bool>
        {
            await Benchmarks.ThroughputAsync(
                "sandbox, Media(id), against a bare endpoint",
                "media",
                new(sandbox.Address),
                new(bare.Address),
                0.5
            ),
            Benchmarks.AtMost(
                "sandbox, 11,000 entries in chunks: last five against first five",
                await ChunksAsync(sandbox.Address),
                1.5
            ),
            Benchmarks.AtMost("sandbox, second start in one process, ms", await SecondStartAsync(), 300),
        };
        return results.All(met => met) ? 0 : 1;
    }

    /// <summary>How much longer the last chunks of the largest list take than its first, by the medians of many walks.</summary>
    private static async Task<double> ChunksAsync(Uri sandbox)
    {
        using var http = new HttpClient { BaseAddress = sandbox };
        var walks = new List<List<double>>();
        // The first walk warms up and is not counted.
        for (var walk = 0; walk < 8; walk++)
        {
            walks.Add(await WalkAsync(http));
        }

        var perChunk = walks[0].Select((_, chunk) => Median(walks.Skip(1).Select(walk => walk[chunk]))).ToList();
        // What is left over for the last chunk of all is no whole one.
        var whole = perChunk.SkipLast(1).ToList();
        return Median(whole.TakeLast(5)) / Median(whole.Take(5));
    }

    private static async Task<List<double>> WalkAsync(HttpClient http)
    {
        var times = new List<double>();
        for (var more = true; more; )
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsJsonAsync(
                string.Empty,
                new { query = Chunk, variables = new { name = "archive", chunk = times.Count + 1 } }
            );
            var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            using var json = JsonDocument.Parse(body);
            more = json
                .RootElement.GetProperty("data")
                .GetProperty("MediaListCollection")
                .GetProperty("hasNextChunk")
                .GetBoolean();
        }

        return times;
    }

    private static async Task<double> SecondStartAsync()
    {
        await using (var first = Sandbox.Program.Build(["--port", "0"]))
        {
            await first.StartAsync();
        }

        var began = Stopwatch.GetTimestamp();
        await using var second = Sandbox.Program.Build(["--port", "0"]);
        await second.StartAsync();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
