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

    // A goal that is told but not reached: it fails nothing, so that what is reached stays held.
    private const double NotHeldYet = double.PositiveInfinity;
    private static readonly int _rounds = Number("ROUNDS", 5);
    private static readonly int _seconds = Number("SECONDS", 4);

    // The runtime compiles what is busy a second and a third time in the background, on cores that the load wants too.
    private static readonly int _warmUp = Number("WARM_UP", 10);
    private static readonly string _self = typeof(Benchmarks).Assembly.Location;
    private static readonly string _folder = Environment.GetEnvironmentVariable("LOAD_FOLDER") ?? "tests/load";

    // Only the rows whose name holds this; for a closer look at one of them.
    private static readonly string _wanted = Environment.GetEnvironmentVariable("ROWS") ?? string.Empty;

    // Under a name that the services themselves do not read.
    private static readonly string? _redis = Environment.GetEnvironmentVariable("LOAD_REDIS_URL");

    // A side that is warm stays so; ours differs by what it is asked.
    private static readonly HashSet<(Uri Side, string Script)> _warm = [];

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
        await using var bare = await StartPeerAsync("bare", FreePort.Next(), peer);
        await using var nginx = await NginxProcess.StartAsync(FreePort.Next(), upstream.Address);
        await using var service = await StartServiceAsync(servicePort, upstream.Address, secret);
        await using var shared = await StartServiceAsync(FreePort.Next(), upstream.Address, secret, _redis);
        var ours = await SignInAsync(service);
        Side Peer(ServerProcess server) => new(new(server.Address, "/graphql"), ours.Token);

        var results = new List<bool>
        {
            await PassThroughAsync(
                "pass-through, body seen before, against YARP",
                "seen",
                ours,
                Peer(yarp),
                1.0,
                upstream,
                NotHeldYet
            ),
            await PassThroughAsync("pass-through, new body, against YARP", "new", ours, Peer(yarp), 0.75, upstream),
            await MedianLatencyAsync(
                "pass-through p50, against a minimal HttpClient endpoint",
                ours,
                Peer(minimal),
                1.3
            ),
            await ThroughputAsync(
                "cached, body seen before, against a bare endpoint",
                "cached",
                ours,
                Peer(bare),
                0.85
            ),
            await ThroughputAsync("cached, new spelling, against a bare endpoint", "respelled", ours, Peer(bare), 0.6),
            await ThroughputAsync(
                "cached, body seen before, against nginx",
                "cached",
                ours,
                Peer(nginx),
                0.65,
                NotHeldYet
            ),
            await AnimeAsync("cached anime by REST, against a bare endpoint", ours, bare, 0.75),
            await ThroughputAsync(
                "cached, exact limits in Redis, against limits in process",
                "cached",
                await SignInAsync(shared),
                ours,
                0.6,
                NotHeldYet
            ),
            AtMost("start to ready on SQLite, seconds", service.ReadyAfter.TotalSeconds, 3),
            AtMost("memory after the runs above, MB", service.ResidentMegabytes, 200),
            await FlatMemoryAsync(upstream.Address, secret),
        };
        return results.All(met => met) ? 0 : 1;
    }

    private static Task<ServerProcess> StartPeerAsync(string role, int port, Dictionary<string, string> settings) =>
        ServerProcess.StartAsync(
            "dotnet",
            $"{_self} {role}",
            port,
            "/",
            new Dictionary<string, string>(settings) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) }
        );

    private static Task<ServerProcess> StartServiceAsync(int port, Uri upstream, string secret, string? redis = null)
    {
        var data = Directory.CreateTempSubdirectory("animesync-load-").FullName;
        var settings = new Dictionary<string, string>
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
        };
        if (redis is not null)
        {
            settings["REDIS_URL"] = redis;
        }

        return ServerProcess.StartAsync(
            "dotnet",
            Environment.GetEnvironmentVariable("SERVICE")!,
            port,
            "/readyz",
            settings
        );
    }

    private static async Task<Side> SignInAsync(ServerProcess service)
    {
        var signedIn = await new SignInFlow(service.Address).RunAsync("bench", SignInFlow.Mobile);
        return new(new(service.Address, "/graphql"), signedIn.AccessToken);
    }

    /// <summary>A row of requests per second.</summary>
    public static async Task<bool> ThroughputAsync(
        string row,
        string script,
        Side ours,
        Side theirs,
        double goal,
        double slack = Slack
    )
    {
        if (!IsWanted(row))
        {
            return true;
        }

        var pairs = await PairsAsync(script, ours, theirs, 32);
        return AtLeast(
            row,
            Median(pairs.Select(pair => pair.Ours.RequestsPerSecond / pair.Theirs.RequestsPerSecond)),
            goal,
            slack
        );
    }

    /// <summary>Both sides write the same bytes: the other one is given ours.</summary>
    private static async Task<bool> AnimeAsync(string row, Side graphQL, ServerProcess bare, double goal)
    {
        var ours = graphQL with { Address = new(graphQL.Address, "/api/v1/anime/1") };
        var theirs = graphQL with { Address = new(bare.Address, "/anime") };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, ours.Address);
        request.Headers.Authorization = new("Bearer", ours.Token);
        using var answer = await http.SendAsync(request);
        using var put = await http.PutAsync(theirs.Address, answer.EnsureSuccessStatusCode().Content);
        put.EnsureSuccessStatusCode();
        return await ThroughputAsync(row, "anime", ours, theirs, goal);
    }

    /// <summary>The same, and a second row: every answer cost the upstream a request, so that the first one is fair.</summary>
    private static async Task<bool> PassThroughAsync(
        string row,
        string script,
        Side ours,
        Side theirs,
        double goal,
        ServerProcess upstream,
        double slack = Slack
    )
    {
        if (!IsWanted(row))
        {
            return true;
        }

        using var http = new HttpClient { BaseAddress = upstream.Address };
        long asked = 0;
        var pairs = await PairsAsync(
            script,
            ours,
            theirs,
            32,
            async () => asked -= await AskedAsync(),
            async () => asked += await AskedAsync()
        );
        var isMet = AtLeast(
            row,
            Median(pairs.Select(pair => pair.Ours.RequestsPerSecond / pair.Theirs.RequestsPerSecond)),
            goal,
            slack
        );
        var answered = pairs.Sum(pair => pair.Ours.Answered);
        return AtLeast("  upstream requests for each of its answers", (double)asked / answered, 1, slack: 0) && isMet;

        async Task<long> AskedAsync() =>
            long.Parse(await http.GetStringAsync(new Uri("/asked", UriKind.Relative)), CultureInfo.InvariantCulture);
    }

    private static async Task<bool> MedianLatencyAsync(string row, Side ours, Side theirs, double goal)
    {
        if (!IsWanted(row))
        {
            return true;
        }

        var pairs = await PairsAsync("seen", ours, theirs, 1);
        return AtMost(row, Median(pairs.Select(pair => pair.Ours.Median / pair.Theirs.Median)), goal);
    }

    /// <summary>A process of its own that is asked nothing but titles, each of them once: far more than it may keep.</summary>
    private static async Task<bool> FlatMemoryAsync(Uri upstream, string secret)
    {
        // Each waits a moment for companions.
        const int AtOnce = 256;
        if (!IsWanted("memory"))
        {
            return true;
        }

        await using var service = await StartServiceAsync(FreePort.Next(), upstream, secret);
        var side = await SignInAsync(service);
        var (id, answered) = (0, 0L);
        var early = await AskAsync(20_000);
        var late = await AskAsync(100_000);
        return AtMost("  against 20,000", late / early, 1.15);

        async Task<double> AskAsync(long upTo)
        {
            while (answered < upTo)
            {
                var run = await Wrk.RunAsync(side, ScriptOf("distinct"), AtOnce, 3, ("FIRST", id));
                answered += run.Answered;
                // What was under way at the end counts as asked.
                id += (int)run.Answered + AtOnce;
            }

            var resident = service.ResidentMegabytes;
            Show(
                string.Create(CultureInfo.InvariantCulture, $"memory after {answered:N0} distinct keys, MB"),
                resident
            );
            return resident;
        }
    }

    private static async Task<List<(Wrk Ours, Wrk Theirs)>> PairsAsync(
        string script,
        Side ours,
        Side theirs,
        int connections,
        Func<Task>? beforeOurs = null,
        Func<Task>? afterOurs = null
    )
    {
        await WarmUpAsync(ours, script);
        if (!_warm.Any(warm => warm.Side == theirs.Address))
        {
            await WarmUpAsync(theirs, script);
        }

        var pairs = new List<(Wrk, Wrk)>();
        for (var round = 0; round < _rounds; round++)
        {
            await (beforeOurs?.Invoke() ?? Task.CompletedTask);
            var run = await Wrk.RunAsync(ours, ScriptOf(script), connections, _seconds);
            await (afterOurs?.Invoke() ?? Task.CompletedTask);
            pairs.Add((run, await Wrk.RunAsync(theirs, ScriptOf(script), connections, _seconds)));
        }

        return pairs;

        async Task WarmUpAsync(Side side, string script)
        {
            if (_warm.Add((side.Address, script)))
            {
                await Wrk.RunAsync(side, ScriptOf(script), connections, _warmUp);
            }
        }
    }

    private static bool IsWanted(string row) => row.Contains(_wanted, StringComparison.Ordinal);

    private static string ScriptOf(string name) => Path.Combine(_folder, $"{name}.lua");

    public static bool AtMost(string row, double value, double goal) =>
        Print(row, value, "<=", goal, value / goal, Slack);

    private static bool AtLeast(string row, double value, double goal, double slack = Slack) =>
        Print(row, value, ">=", goal, goal / value, slack);

    private static void Show(string row, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row, -63} {value, 7:F2}"));

    /// <summary>False when the goal is missed by more than the slack.</summary>
    private static bool Print(string row, double value, string sign, double goal, double beyond, double slack)
    {
        var verdict =
            beyond <= 1 ? "met"
            : slack == NotHeldYet ? "missed, not held yet"
            : beyond <= 1 + slack ? "within the slack"
            : "MISSED";
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{row, -63} {value, 7:F2}  ({sign} {goal:F2})  {verdict}")
        );
        return beyond <= 1 + slack;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static int Number(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : fallback;
}
