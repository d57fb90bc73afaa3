using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>
/// The service as it is shipped: its own process, its own database, the AniList sandbox upstream. Production, but on
/// plain loopback sockets.
/// </summary>
public sealed class Service : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly WebApplication _sandbox;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output;

    // So that nobody waits for a permit; what the budget does has tests of its own.
    private const string Plenty = "1000000000";

    private Service(
        TestDatabase database,
        WebApplication sandbox,
        Process process,
        ConcurrentQueue<string> output,
        IReadOnlyDictionary<string, string?> settings
    )
    {
        (_database, _sandbox, _process, _output, Settings) = (database, sandbox, process, output, settings);
        Public = IPEndPoint.Parse(settings["LISTEN_PUBLIC"]!);
        Admin = IPEndPoint.Parse(settings["LISTEN_ADMIN"]!);
        Integrations = IPEndPoint.Parse(settings["LISTEN_INTEGRATIONS"]!);
    }

    public IPEndPoint Public { get; }

    public IPEndPoint Admin { get; }

    public IPEndPoint Integrations { get; }

    /// <summary>What the process was started with.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    public Uri Address => new($"http://{Public}");

    public Uri Sandbox => new(_sandbox.Urls.First());

    internal TestDatabase Database => _database;

    public Process Process => _process;

    /// <summary>Everything the process has printed so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts a service and waits until it is ready. Settings given here win.</summary>
    public static async Task<Service> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var database = await TestDatabase.CreateAsync();
        var sandbox = global::AnimeSync.Sandbox.Program.Build(["--port", "0", "--per-minute", Plenty]);
        await sandbox.StartAsync();

        var all = Defaults(database, new(sandbox.Urls.First()));
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        var (process, output) = Launch(all);
        var service = new Service(database, sandbox, process, output, all);
        await service.WaitUntilReadyAsync();
        return service;
    }

    /// <summary>Starts a process that is expected to refuse, and returns how it ended.</summary>
    public static async Task<(int ExitCode, string Output)> StartRefusedAsync(Dictionary<string, string?> settings)
    {
        await using var database = await TestDatabase.CreateAsync();
        var all = Defaults(database, new("http://127.0.0.1:9"));
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var (process, output) = Launch(all);
        using (process)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            finally
            {
                process.Kill();
            }

            return (process.ExitCode, string.Join('\n', output));
        }
    }

    /// <summary>Signs a sandbox user in with the whole code flow.</summary>
    public Task<SignedIn> SignInAsync(string user = "rin", string clientId = SignInFlow.Mobile) =>
        new SignInFlow(Address).RunAsync(user, clientId);

    /// <summary>Sends bytes to the public listener on a connection of its own and reads until it closes or idles.</summary>
    public Task<RawAnswers> SendAsync(string request) => Raw.SendAsync(Public, request);

    public HttpClient CreateClient(string? accessToken = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            DefaultRequestHeaders = { Authorization = accessToken is null ? null : new("Bearer", accessToken) },
        };

    /// <summary>The process answers its probe within a second, as it must during and after every attack.</summary>
    public async Task AssertAliveAsync()
    {
        using var client = CreateClient();
        client.Timeout = TimeSpan.FromSeconds(5);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);
        Assert.False(_process.HasExited);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _sandbox.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = CreateClient();
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited || patience.Elapsed > TimeSpan.FromSeconds(90))
            {
                throw new InvalidOperationException($"The service did not become ready:\n{Output}");
            }

            try
            {
                if ((await client.GetAsync("/readyz")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }
    }

    internal static (Process, ConcurrentQueue<string>) Launch(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name;
        var program = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, $"../../AnimeSync.Api/{configuration}/AnimeSync.Api.dll")
        );
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } path && path.EndsWith("/dotnet", StringComparison.Ordinal) ? path : "dotnet",
            [program]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var output = new ConcurrentQueue<string>();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, output);
    }

    private static Dictionary<string, string?> Defaults(TestDatabase database, Uri sandbox)
    {
        var port = FreePort.Next();
        return new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ALLOW_INSECURE_HTTP"] = "true",
            ["PUBLIC_URL"] = $"http://localhost:{port}",
            ["ALLOWED_HOSTS"] = "localhost,127.0.0.1",
            ["CORS_ORIGINS"] = "http://localhost:3000",
            ["AUTH_REDIRECT_URIS"] =
                $"{SignInFlow.Spa}={SignInFlow.RedirectUriOf(SignInFlow.Spa)},{SignInFlow.Mobile}=http://127.0.0.1/callback",
            ["LISTEN_PUBLIC"] = $"127.0.0.1:{port}",
            ["LISTEN_ADMIN"] = $"127.0.0.1:{FreePort.Next()}",
            ["LISTEN_INTEGRATIONS"] = $"127.0.0.1:{FreePort.Next()}",
            ["DATABASE_URL"] = database.Url,
            ["MIGRATIONS_DATABASE_URL"] = database.Url,
            ["REDIS_URL"] = Environment.GetEnvironmentVariable("TEST_REDIS_URL"),
            ["SECRET_KEY"] = NewSecret(),
            ["JWT_SECRET_KEY"] = NewSecret(),
            ["ANILIST_CLIENT_ID"] = "1",
            ["ANILIST_CLIENT_SECRET"] = NewSecret(),
            ["ANILIST_BASE_URL"] = sandbox.ToString(),
            ["ANILIST_GRAPHQL_URL"] = sandbox.ToString(),
            ["ANILIST_REQUESTS_PER_MINUTE"] = Plenty,
            // Limits have tests of their own; everywhere else they would only be in the way.
            ["RATE_LIMIT_PER_MINUTE"] = "100000",
        };
    }

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
