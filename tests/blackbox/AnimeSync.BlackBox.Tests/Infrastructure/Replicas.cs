using System.Globalization;
using System.Net;
using RedisRateLimiting.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>Two replicas on one database and one Redis; the second one's clock is an hour ahead, Redis's is the test's.</summary>
public sealed class Replicas : IAsyncLifetime
{
    public const int AddressLimit = CountingService.AddressLimit;

    private readonly string _clock = Path.Combine(Path.GetTempPath(), $"clock-{Guid.NewGuid():n}");
    private readonly RedisServer _redis;
    private TimeSpan _passed;
    private Service? _first;
    private Service? _second;

    public Replicas() =>
        _redis = new()
        {
            Environment = new Dictionary<string, string?>
            {
                // Its own allocator asks for the time before the library is ready to answer.
                ["LD_PRELOAD"] = $"{FakeTime.Library} libc.so.6",
                ["FAKETIME_TIMESTAMP_FILE"] = _clock,
                ["FAKETIME_NO_CACHE"] = "1",
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            },
        };

    public Callers First { get; private set; } = null!;

    public Callers Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await PassAsync(TimeSpan.Zero);
        await _redis.StartAsync();
        var settings = new Dictionary<string, string?>
        {
            ["RATE_LIMIT_PER_MINUTE"] = $"{CountingService.PerMinute}",
            ["ANIMESYNC_PROCESSES"] = "2",
            ["TRUSTED_PROXIES"] = "127.0.0.1",
            ["REDIS_URL"] = $"redis://{_redis.Address}",
        };
        _first = await Service.StartAsync(settings);
        foreach (var (name, value) in _first.Settings.Where(setting => !setting.Key.StartsWith("LISTEN_")))
        {
            settings[name] = value;
        }

        settings["LD_PRELOAD"] = FakeTime.Library;
        settings["FAKETIME"] = "+1h";
        settings["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        // Otherwise every timed wait of the runtime is over at once.
        settings["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        _second = await Service.StartAsync(settings);
        (First, Second) = (new(_first), new(_second));
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever did not start, the rest must not outlive the tests.
        await (_second?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_first?.DisposeAsync() ?? ValueTask.CompletedTask);
        _redis.Dispose();
        File.Delete(_clock);
    }

    /// <summary>Sets Redis's clock forward.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        _passed += time;
        // Replaced in one step: the server may look at any moment.
        await File.WriteAllTextAsync(
            $"{_clock}.new",
            string.Create(CultureInfo.InvariantCulture, $"+{_passed.TotalSeconds}\n")
        );
        File.Move($"{_clock}.new", _clock, overwrite: true);
    }

    public Task SteadilyAsync(Func<IPAddress, Task> check) =>
        Steady.CheckAsync(() => check(Callers.NewAddress()), _first!, _second!);
}
