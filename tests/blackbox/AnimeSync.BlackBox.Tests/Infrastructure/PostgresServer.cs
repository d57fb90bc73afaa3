using System.Diagnostics;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>A PostgreSQL server of the test's own, to be stopped as a crash would stop it and started again.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _bin = Environment.GetEnvironmentVariable("POSTGRES_BIN") is { Length: > 0 } bin
        ? bin
        : throw new InvalidOperationException("POSTGRES_BIN does not say where PostgreSQL's programs are.");
    private readonly string _data = Directory.CreateTempSubdirectory("animesync-postgres-").FullName;
    private readonly int _port = FreePort.Next();

    private PostgresServer() { }

    public string Url => $"postgresql://postgres@127.0.0.1:{_port}/postgres";

    public static async Task<PostgresServer> StartNewAsync()
    {
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", server._data);
        }

        await server.RunAsServerUserAsync("initdb", "-D", server._data, "-U", "postgres", "--auth=trust", "--no-sync");
        await server.StartAsync();
        return server;
    }

    public Task StartAsync() =>
        RunAsServerUserAsync(
            "pg_ctl",
            [
                "-D",
                _data,
                "-w",
                "-s",
                "-t",
                "120",
                "-l",
                Path.Combine(_data, "log"),
                "-o",
                $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_data}",
                "start",
            ]
        );

    /// <summary>Connections break, nothing is flushed, and the next start recovers.</summary>
    public Task StopAsync() => RunAsServerUserAsync("pg_ctl", "-D", _data, "-m", "immediate", "-s", "stop");

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_data, "postmaster.pid")))
        {
            await StopAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private Task RunAsServerUserAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(_bin, program), .. arguments])
            : RunAsync(Path.Combine(_bin, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // No redirected output: the server would inherit the pipe and keep it open.
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments])
        )!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
