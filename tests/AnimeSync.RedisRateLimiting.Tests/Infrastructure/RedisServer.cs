using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RedisRateLimiting.Tests.Infrastructure;

/// <summary>A redis-server of the test's own, to be killed, paused and spoiled.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly string[] _arguments;
    private Process? _process;

    public RedisServer(params string[] arguments)
    {
        _arguments = arguments;
        Port = FreePort.Next();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Set for the server beside what it inherits.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public async Task<RedisServer> StartAsync()
    {
        var program = System.Environment.GetEnvironmentVariable("REDIS_SERVER_BIN") is { Length: > 0 } found
            ? found
            : "redis-server";
        string[] fixedArguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        var start = new ProcessStartInfo(program, [.. fixedArguments, "--dir", Path.GetTempPath(), .. _arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        await Eventually.TrueAsync(IsListeningAsync);
        return this;
    }

    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>The sockets stay open and nobody answers: the worst kind of down.</summary>
    public void Pause() => Signal("STOP");

    public void Resume() => Signal("CONT");

    public void Dispose() => Kill();

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    private async Task<bool> IsListeningAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
