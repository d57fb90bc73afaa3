using System.Globalization;
using System.Security.Cryptography;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Load;

/// <summary>
/// Prints ratios, both sides in one run on one machine. ROUNDS, SECONDS (of each side of a round) and WARM_UP (seconds
/// of each side) come from the environment. Exits with 1 when a median misses its goal by more than the slack.
/// </summary>
internal static class Benchmarks
{
    private const double Slack = 0.15;
    private static readonly int _rounds = Number("ROUNDS", 5);
    private static readonly int _seconds = Number("SECONDS", 4);

    // The runtime compiles what is busy a second and a third time in the background, on cores that the load wants too.
    private static readonly int _warmUp = Number("WARM_UP", 10);
    private static readonly string _self = typeof(Benchmarks).Assembly.Location;
    private static readonly string _folder = Environment.GetEnvironmentVariable("LOAD_FOLDER") ?? "tests/load";

    public static async Task<int> RunAsync()
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        var (upstreamPort, servicePort) = (FreePort.Next(), FreePort.Next());
        var peer = new Dictionary<string, string>
        {
            ["UPSTREAM"] = $"http://127.0.0.1:{upstreamPort}",
            ["ISSUER"] = $"http://127.0.0.1:{servicePort}",
            ["JWT_SECRET_KEY"] = secret,
        };
        await using var upstream = await StartPeerAsync("upstream", upstreamPort, peer);
        await using var yarp = await StartPeerAsync("yarp", FreePort.Next(), peer);
        await using var minimal = await StartPeerAsync("minimal", FreePort.Next(), peer);
        await using var service = await StartServiceAsync(servicePort, upstream.Address, secret);
        var signedIn = await new SignInFlow(service.Address).RunAsync("bench", SignInFlow.Mobile);

        var results = new List<bool>
        {
            await ThroughputAsync("pass-through, body seen before, against YARP", "seen", service, yarp, signedIn, 1.0),
            await ThroughputAsync("pass-through, new body, against YARP", "new", service, yarp, signedIn, 0.75),
            await MedianLatencyAsync(
                "pass-through p50, against a minimal HttpClient endpoint",
                service,
                minimal,
                signedIn,
                1.3
            ),
            AtMost("start to ready on SQLite, seconds", service.ReadyAfter.TotalSeconds, 3),
            AtMost("memory after the runs above, MB", service.ResidentMegabytes, 200),
        };
        return results.All(met => met) ? 0 : 1;
    }

    private static Task<ServerProcess> StartPeerAsync(string role, int port, Dictionary<string, string> settings) =>
        ServerProcess.StartAsync(
            _self,
            role,
            port,
            "/",
            new Dictionary<string, string>(settings) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) }
        );

    private static Task<ServerProcess> StartServiceAsync(int port, Uri upstream, string secret)
    {
        var data = Directory.CreateTempSubdirectory("animesync-load-").FullName;
        return ServerProcess.StartAsync(
            Environment.GetEnvironmentVariable("SERVICE")!,
            string.Empty,
            port,
            "/readyz",
            new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["PUBLIC_URL"] = $"http://127.0.0.1:{port}",
                ["LISTEN_PUBLIC"] = $"127.0.0.1:{port}",
                ["LISTEN_ADMIN"] = $"127.0.0.1:{FreePort.Next()}",
                ["LISTEN_INTEGRATIONS"] = $"127.0.0.1:{FreePort.Next()}",
                ["DATABASE_URL"] = $"sqlite:///{data}/load.db",
                ["SECRET_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)),
                ["JWT_SECRET_KEY"] = secret,
                ["ANILIST_CLIENT_ID"] = "1",
                ["ANILIST_CLIENT_SECRET"] = "bench",
                ["ANILIST_BASE_URL"] = upstream.ToString(),
                ["ANILIST_GRAPHQL_URL"] = upstream.ToString(),
                // So high that nothing waits.
                ["ANILIST_REQUESTS_PER_MINUTE"] = "1000000000",
                ["ANILIST_BURST"] = "1000000000",
                // So high that none refuses.
                ["RATE_LIMIT_PER_MINUTE"] = "1000000",
            }
        );
    }

    /// <summary>A row whose two sides want no token and answer at their root.</summary>
    public static Task<bool> ThroughputAsync(
        string row,
        string script,
        ServerProcess ours,
        ServerProcess theirs,
        double goal
    ) => ThroughputAsync(row, script, ours, theirs, null, goal);

    private static async Task<bool> ThroughputAsync(
        string row,
        string script,
        ServerProcess ours,
        ServerProcess theirs,
        SignedIn? signedIn,
        double goal
    )
    {
        var ratios = await PairsAsync(
            script,
            ours,
            theirs,
            signedIn,
            32,
            (a, b) => a.RequestsPerSecond / b.RequestsPerSecond
        );
        return Print(row, Median(ratios), isMost: false, goal);
    }

    private static async Task<bool> MedianLatencyAsync(
        string row,
        ServerProcess ours,
        ServerProcess theirs,
        SignedIn signedIn,
        double goal
    )
    {
        var ratios = await PairsAsync("seen", ours, theirs, signedIn, 1, (a, b) => a.Median / b.Median);
        return Print(row, Median(ratios), isMost: true, goal);
    }

    private static async Task<List<double>> PairsAsync(
        string script,
        ServerProcess ours,
        ServerProcess theirs,
        SignedIn? signedIn,
        int connections,
        Func<Wrk, Wrk, double> ratio
    )
    {
        var ratios = new List<double>();
        await RunPairAsync(_warmUp);
        for (var round = 0; round < _rounds; round++)
        {
            var (a, b) = await RunPairAsync(_seconds);
            ratios.Add(ratio(a, b));
        }

        return ratios;

        async Task<(Wrk, Wrk)> RunPairAsync(int seconds)
        {
            var path = Path.Combine(_folder, $"{script}.lua");
            return (
                await Wrk.RunAsync(ours.Address, path, signedIn?.AccessToken, connections, seconds),
                await Wrk.RunAsync(theirs.Address, path, signedIn?.AccessToken, connections, seconds)
            );
        }
    }

    public static bool AtMost(string row, double value, double goal) => Print(row, value, isMost: true, goal);

    /// <summary>False when the goal is missed by more than the slack.</summary>
    private static bool Print(string row, double value, bool isMost, double goal)
    {
        var beyond = isMost ? value / goal : goal / value;
        var verdict =
            beyond <= 1 ? "met"
            : beyond <= 1 + Slack ? "within the slack"
            : "MISSED";
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{row, -63} {value, 7:F2}  ({(isMost ? "<=" : ">=")} {goal:F2})  {verdict}"
            )
        );
        return beyond <= 1 + Slack;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static int Number(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : fallback;
}
