using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.DevHost.Tests.Infrastructure;

/// <summary>The real program as a child process that knows nothing of this machine but where dotnet is.</summary>
internal sealed class DeskProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DeskProcess(DeskFolder folder, IReadOnlyDictionary<string, string> settings)
    {
        Settings = settings;
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Environment.ProcessPath is dotnet itself when the runner was started by it, else the runner's own launcher.
        start.FileName =
            System.IO.Path.GetFileNameWithoutExtension(start.FileName) == "dotnet" ? start.FileName : "dotnet";
        start.ArgumentList.Add(System.IO.Path.Combine(AppContext.BaseDirectory, "AnimeSync.DevHost.dll"));
        var path = Environment.GetEnvironmentVariable("PATH");
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["DOTNET_ROOT"] = root;
        start.Environment["HOME"] = folder.Home;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Receive(line.Data);
        _process.ErrorDataReceived += (_, line) => Receive(line.Data);
        _process.Exited += (_, _) => _ready.TrySetResult();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyDictionary<string, string> Settings { get; }

    public string Output => string.Join('\n', _output);

    public Uri Address => new($"http://localhost:{IPEndPoint.Parse(Settings["LISTEN_PUBLIC"]).Port}");

    public static Dictionary<string, string> FreePorts() =>
        new()
        {
            ["LISTEN_PUBLIC"] = $"127.0.0.1:{FreePort.Next()}",
            ["LISTEN_ADMIN"] = $"127.0.0.1:{FreePort.Next()}",
            ["LISTEN_INTEGRATIONS"] = $"127.0.0.1:{FreePort.Next()}",
            ["SANDBOX_PORT"] = $"{FreePort.Next()}",
        };

    /// <summary>Starts it and waits until it says that it is ready, or ends.</summary>
    public static async Task<DeskProcess> StartAsync(
        DeskFolder folder,
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        var desk = new DeskProcess(folder, settings ?? FreePorts());
        await desk._ready.Task.WaitAsync(_patience);
        return desk;
    }

    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(_patience);
        return _process.ExitCode;
    }

    public Task<SignedIn> SignInAsync() => new SignInFlow(Address).RunAsync("rin", SignInFlow.Mobile);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.StartsWith("Ctrl-C stops it", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
