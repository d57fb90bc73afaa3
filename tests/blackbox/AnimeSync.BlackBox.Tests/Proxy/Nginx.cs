using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AnimeSync.BlackBox.Tests.Proxy;

/// <summary>The configuration that ships, in a folder of its own: only addresses and paths are other ones.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private static readonly string _shipped = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../../../deploy/nginx")
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("nginx-").FullName;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    /// <param name="listen">The file that says how the public listener listens.</param>
    public Nginx(string listen, IPEndPoint toPublic, IPEndPoint toAdmin, IPEndPoint toIntegrations)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Started as root, its workers are somebody else.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        }

        Write(
            "nginx.conf",
            ("/tmp/", $"{_folder}/"),
            ("/etc/nginx/", $"{_folder}/"),
            ("api-1:8000", $"{toPublic}"),
            ("api-2:8000", $"{toPublic}"),
            ("api-1:9001", $"{toAdmin}"),
            ("api-2:9001", $"{toAdmin}"),
            ("api-1:9002", $"{toIntegrations}"),
            ("api-2:9002", $"{toIntegrations}"),
            ("listen 9001;", $"listen {Admin};"),
            ("listen 9002;", $"listen 127.0.0.1:{FreePort.Next()};")
        );
        Write(listen, ("listen 8000", $"listen {Public}"));
        File.Move($"{_folder}/{listen}", $"{_folder}/listen.conf");
    }

    public IPEndPoint Public { get; } = new(IPAddress.Loopback, FreePort.Next());

    public IPEndPoint Admin { get; } = new(IPAddress.Loopback, FreePort.Next());

    /// <summary>Everything that nginx has printed so far.</summary>
    public string Output => string.Join('\n', _output);

    public async Task StartAsync()
    {
        _process = Launch("-g", "daemon off;");
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(Public);
                return;
            }
            catch (SocketException) when (!_process.HasExited && patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(50);
            }
            catch (SocketException refused)
            {
                throw new InvalidOperationException($"nginx did not start:\n{Output}", refused);
            }
        }
    }

    /// <summary>Reads the configuration as a start would, and returns how that ended.</summary>
    public async Task<int> CheckAsync()
    {
        using var process = Launch("-t");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>What the TLS listener names: a certificate and its key.</summary>
    public async Task AddCertificateAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1),
            TimeProvider.System.GetUtcNow().AddDays(1)
        );
        Directory.CreateDirectory($"{_folder}/tls");
        await File.WriteAllTextAsync($"{_folder}/tls/certificate.pem", certificate.ExportCertificatePem());
        await File.WriteAllTextAsync($"{_folder}/tls/key.pem", key.ExportPkcs8PrivateKeyPem());
        var listen = await File.ReadAllTextAsync($"{_folder}/listen.conf");
        await File.WriteAllTextAsync($"{_folder}/listen.conf", listen.Replace("/etc/nginx/", $"{_folder}/"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // The workers would outlive a master that is killed.
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string name, params (string From, string To)[] changes)
    {
        var text = File.ReadAllText(Path.Combine(_shipped, name));
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text);
            text = text.Replace(from, to);
        }

        File.WriteAllText(Path.Combine(_folder, name), text);
    }

    private Process Launch(params string[] arguments)
    {
        var program = Environment.GetEnvironmentVariable("NGINX_BIN") is { Length: > 0 } path ? path : "nginx";
        var start = new ProcessStartInfo(
            program,
            ["-p", _folder, "-e", "/dev/stderr", "-c", $"{_folder}/nginx.conf", .. arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
