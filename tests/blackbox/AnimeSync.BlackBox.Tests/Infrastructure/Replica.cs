using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>One more process of a service: same database, same secrets, its own sockets; it may be killed and started again.</summary>
public sealed class Replica : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private Process? _process;
    private ConcurrentQueue<string> _output = [];

    private Replica(Dictionary<string, string?> settings) => _settings = settings;

    public IPEndPoint Public => IPEndPoint.Parse(_settings["LISTEN_PUBLIC"]!);

    public Uri Address => new($"http://{Public}");

    public string Output => string.Join('\n', _output);

    /// <summary>Settings given here win over the service's.</summary>
    public static async Task<Replica> StartAsync(Service service, params (string Name, string? Value)[] changes)
    {
        var settings = service.Settings.ToDictionary();
        foreach (var name in new[] { "LISTEN_PUBLIC", "LISTEN_ADMIN", "LISTEN_INTEGRATIONS" })
        {
            settings[name] = $"127.0.0.1:{FreePort.Next()}";
        }

        foreach (var (name, value) in changes)
        {
            settings[name] = value;
        }

        var replica = new Replica(settings);
        await replica.StartAsync();
        return replica;
    }

    public async Task StartAsync()
    {
        (_process, _output) = Service.Launch(_settings);
        using var client = CreateClient();
        var patience = Stopwatch.StartNew();
        while (!await IsReadyAsync(client))
        {
            if (_process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(3))
            {
                throw new InvalidOperationException($"The replica did not become ready:\n{Output}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public HttpClient CreateClient(string? accessToken = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            DefaultRequestHeaders = { Authorization = accessToken is null ? null : new("Bearer", accessToken) },
        };

    public async ValueTask DisposeAsync() => await KillAsync();

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }
}
