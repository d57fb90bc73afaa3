using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.Infrastructure;

/// <summary>
/// The whole service on real sockets, with an AniList sandbox and a database of its own. Nothing is faked, and
/// nothing but the sandbox can be reached.
/// </summary>
public sealed class TestApp : IAsyncLifetime
{
    // So that nobody waits for a permit; the budget has tests of its own.
    private const string Plenty = "1000000000";

    private readonly Dictionary<string, string?> _settings = [];
    private TestDatabase? _database;
    private WebApplication? _sandbox;

    public WebApplication Service { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public Uri AdminAddress { get; private set; } = null!;

    /// <summary>Where the emulator listens; its `/_sandbox` says what it was asked.</summary>
    public Uri Sandbox { get; private set; } = null!;

    internal TestDatabase Database => _database!;

    /// <summary>Every setting the service was started with, to start a second replica or to change one.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>What no setting can say.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    public async ValueTask InitializeAsync() => await StartAsync(new Dictionary<string, string?>());

    public async Task StartAsync(IReadOnlyDictionary<string, string?> overrides, params string[] sandboxOptions)
    {
        _database = await TestDatabase.CreateAsync();
        _sandbox = AnimeSync.Sandbox.Program.Build(["--port", "0", "--per-minute", Plenty, .. sandboxOptions]);
        await _sandbox.StartAsync();
        Sandbox = new(_sandbox.Urls.First());

        var port = FreePort.Next();
        foreach (var (name, value) in Defaults(port).Concat(overrides))
        {
            _settings[name] = value;
        }

        Service = await StartReplicaAsync(_settings, Configure);
        Address = new($"http://127.0.0.1:{port}");
        AdminAddress = new($"http://{_settings["LISTEN_ADMIN"]}");
    }

    /// <summary>Starts one more process-worth of the service; the caller disposes it.</summary>
    public static async Task<WebApplication> StartReplicaAsync(
        IReadOnlyDictionary<string, string?> settings,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var service = Program.Build(
            ["--environment", settings["ASPNETCORE_ENVIRONMENT"]!],
            settings,
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            }
        );
        await service.StartAsync();
        return service;
    }

    /// <summary>The settings of another replica: same secrets, database and Redis, its own sockets.</summary>
    public Dictionary<string, string?> ReplicaSettings()
    {
        var settings = new Dictionary<string, string?>(_settings);
        foreach (var name in new[] { "LISTEN_PUBLIC", "LISTEN_ADMIN", "LISTEN_INTEGRATIONS" })
        {
            settings[name] = $"127.0.0.1:{FreePort.Next()}";
        }

        return settings;
    }

    public HttpClient CreateClient(string? accessToken = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            DefaultRequestHeaders = { Authorization = accessToken is null ? null : new("Bearer", accessToken) },
        };

    /// <summary>Signs a sandbox user in with the whole code flow, as the mobile client unless told otherwise.</summary>
    public Task<SignedIn> SignInAsync(string user = "rin", string clientId = SignInFlow.Mobile) =>
        new SignInFlow(Address).RunAsync(user, clientId);

    /// <summary>A client that is signed in already.</summary>
    public async Task<HttpClient> SignedInClientAsync(string user = "rin") =>
        CreateClient((await SignInAsync(user)).AccessToken);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _sandbox!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    private Dictionary<string, string?> Defaults(int port) =>
        new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["PUBLIC_URL"] = $"http://127.0.0.1:{port}",
            ["LISTEN_PUBLIC"] = $"127.0.0.1:{port}",
            ["LISTEN_ADMIN"] = $"127.0.0.1:{FreePort.Next()}",
            ["LISTEN_INTEGRATIONS"] = $"127.0.0.1:{FreePort.Next()}",
            ["DATABASE_URL"] = Database.Url,
            ["MIGRATIONS_DATABASE_URL"] = Database.Url,
            ["REDIS_URL"] = Environment.GetEnvironmentVariable("TEST_REDIS_URL"),
            ["SECRET_KEY"] = NewSecret(),
            ["JWT_SECRET_KEY"] = NewSecret(),
            ["ANILIST_CLIENT_ID"] = "1",
            ["ANILIST_CLIENT_SECRET"] = NewSecret(),
            ["ANILIST_BASE_URL"] = Sandbox.ToString(),
            ["ANILIST_GRAPHQL_URL"] = Sandbox.ToString(),
            ["ANILIST_REQUESTS_PER_MINUTE"] = Plenty,
            // Limits have tests of their own; everywhere else they would only be in the way.
            ["RATE_LIMIT_PER_MINUTE"] = "100000",
        };

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
