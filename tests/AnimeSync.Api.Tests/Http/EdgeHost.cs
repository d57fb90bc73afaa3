using System.Net;
using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.Http;

/// <summary>The service on free loopback ports and a database file of its own, with what a test maps besides.</summary>
internal sealed class EdgeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private EdgeHost(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        var listen = app.Services.GetRequiredService<ListenOptions>();
        Public = Client(listen.Public);
        Admin = Client(listen.Admin);
        Integrations = Client(listen.Integrations);
    }

    public HttpClient Public { get; }

    public HttpClient Admin { get; }

    public HttpClient Integrations { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<EdgeHost> StartAsync(
        string environment = "Development",
        Dictionary<string, string?>? settings = null,
        Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("animesync-edges-").FullName;
        var app = Build(environment, settings, folder, configure);
        map?.Invoke(app);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>().Database.MigrateAsync();
        }

        await app.StartAsync();
        return new(app, folder);
    }

    /// <summary>Builds without starting, for tests about what is refused or registered.</summary>
    public static WebApplication Build(
        string environment,
        Dictionary<string, string?>? settings,
        string folder,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var all = new Dictionary<string, string?>
        {
            ["LISTEN_PUBLIC"] = FreeEndPoint(),
            ["LISTEN_ADMIN"] = FreeEndPoint(),
            ["LISTEN_INTEGRATIONS"] = FreeEndPoint(),
            ["DATABASE_URL"] = $"sqlite:///{folder}/edges.db",
            ["PUBLIC_URL"] = "http://localhost:8000",
            ["ANILIST_CLIENT_ID"] = "1",
            ["ANILIST_CLIENT_SECRET"] = "anilist-secret-for-tests",
            ["SECRET_KEY"] = "a-root-key-for-tests-longer-than-thirty-two-bytes",
            ["JWT_SECRET_KEY"] = "a-signing-key-for-tests-longer-than-thirty-two-bytes",
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        return Program.Build(
            [$"--environment={environment}"],
            all,
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        Admin.Dispose();
        Integrations.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static HttpClient Client(IPEndPoint endPoint) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new($"http://{endPoint}"),
        };

    private static string FreeEndPoint() => $"127.0.0.1:{FreePort.Next()}";
}
