using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnimeSync.DevHost;

/// <summary>The two services of a desk, from their settings to their end.</summary>
internal sealed class Desk : IAsyncDisposable
{
    // Ctrl-C must not wait for a request that the sandbox was told to hang.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private readonly DataFolder _folder;
    private readonly WebApplication? _sandbox;
    private readonly WebApplication _api;

    private Desk(DataFolder folder, WebApplication? sandbox, WebApplication api) =>
        (_folder, _sandbox, _api) = (folder, sandbox, api);

    public static Desk Prepare(Func<string, string?> environment)
    {
        var folder = DataFolder.Open(environment("ANIMESYNC_DATA_DIR"));
        var settings = DeskSettings.Read(environment, folder);
        var api = Api.Program.Build(["--environment", settings.Environment], settings.ForApi, Quieten);
        var listen = api.Services.GetRequiredService<ListenOptions>();
        Ports.RequireFree(listen, settings.SandboxPort);
        return new(folder, settings.StartsSandbox ? Sandbox.Program.Build(settings.ForSandbox) : null, api);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_sandbox is not null)
        {
            await _sandbox.StartAsync(cancellationToken);
        }

        // Before the host starts, which would log a refusal with its stack trace.
        await _api.Services.GetRequiredService<DatabaseStart>().EnsureReadyAsync(cancellationToken);
        await _api.StartAsync(cancellationToken);
    }

    public void Welcome(TextWriter output) =>
        output.WriteLine(
            Greeting.Write(
                _api.Services.GetRequiredService<ServiceOptions>(),
                _api.Services.GetRequiredService<ListenOptions>(),
                _sandbox?.Urls.First(),
                _folder
            )
        );

    /// <summary>Until the token is cancelled or the service ends by itself.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            _api.Lifetime.ApplicationStopping
        );
        await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in new[] { _api, _sandbox }.OfType<WebApplication>())
        {
            using var patience = new CancellationTokenSource(_patience);
            await service.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await service.DisposeAsync();
        }
    }

    private static void Quieten(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The greeting says where to go; the service names this category itself, so the minimum alone does not hush it.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _patience);
    }
}
