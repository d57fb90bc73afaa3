using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace AnimeSync.Load;

/// <summary>A server in a process of its own, known to answer, ended by its own id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan readyAfter)
    {
        (_process, Address, ReadyAfter) = (process, address, readyAfter);
    }

    public Uri Address { get; }

    public TimeSpan ReadyAfter { get; }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    public static async Task<ServerProcess> StartAsync(
        string program,
        string arguments,
        int port,
        string probe,
        IReadOnlyDictionary<string, string> settings
    )
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        await WaitAsync(process, new Uri(address, probe));
        return new(process, address, Stopwatch.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        // nginx works in children.
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Any answer will do: the peers have no health route, and a 404 is an answer too.
    private static async Task WaitAsync(Process process, Uri probe)
    {
        using var client = new HttpClient();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30) && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(probe);
                if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(10);
        }

        throw new InvalidOperationException($"{probe} never answered.");
    }
}
