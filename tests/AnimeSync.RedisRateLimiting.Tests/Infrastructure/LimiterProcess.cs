using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace RedisRateLimiting.Tests.Infrastructure;

/// <summary>Another process that asks a limiter on command: a line "kind key limit requests" in, a count out.</summary>
internal sealed class LimiterProcess : IDisposable
{
    public const string Verb = "limiter-process";

    private readonly Process _process;

    public LimiterProcess(string redis)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(LimiterProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(redis);
        _process = Process.Start(start)!;
    }

    public async Task<int> CountGrantsAsync(Kind kind, string key, int limit, int requests)
    {
        await _process.StandardInput.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{kind} {key} {limit} {requests}")
        );
        var answer = await _process.StandardOutput.ReadLineAsync();
        return int.Parse(answer ?? throw new EndOfStreamException(), CultureInfo.InvariantCulture);
    }

    public static async Task<int> ServeAsync(string redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Limiters.Configuration(redis));
        var circuit = Limiters.Patient(connection);
        while (Console.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            var (kind, key) = (Enum.Parse<Kind>(words[0]), words[1]);
            var limit = int.Parse(words[2], CultureInfo.InvariantCulture);
            var requests = int.Parse(words[3], CultureInfo.InvariantCulture);

            using var limiter = Limiters.Create(kind, key, circuit, limit, TimeSpan.FromMinutes(5));
            var leases = await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => limiter.AcquireAsync().AsTask()));
            Console.WriteLine(leases.Count(lease => lease.IsAcquired));
        }

        return 0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
