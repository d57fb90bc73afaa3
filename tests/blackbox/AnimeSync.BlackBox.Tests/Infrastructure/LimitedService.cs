using AnimeSync.Api.Tests.Infrastructure;
using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

[CollectionDefinition(LimitedService.ForRedis)]
public sealed class RedisGroup : ICollectionFixture<LimitedService>;

/// <summary>A service with small limits, a Redis of its own, and between them a wire that can be cut.</summary>
public sealed class LimitedService : IAsyncLifetime
{
    /// <summary>Tests that break Redis or need it to be quick, one after the other.</summary>
    public const string ForRedis = "Redis";

    public const int PerMinute = CountingService.PerMinute;
    public const int AddressLimit = CountingService.AddressLimit;

    /// <summary>What one of two processes grants an address while Redis is away.</summary>
    public const int AddressShare = 30;

    public const string RedisPassword = "a-password-nobody-may-read";

    private const string AdminPassword = "admin";

    public RedisServer Redis { get; } =
        new([
            .. "--enable-debug-command local --enable-protected-configs local".Split(' '),
            // Whoever fails to sign in is the default user, who must therefore be worth nothing without a password.
            .. $"--requirepass {AdminPassword} --user app on >{RedisPassword} ~* &* +@all".Split(' '),
        ]);

    public Wire Wire { get; private set; } = null!;

    public Service Service { get; private set; } = null!;

    /// <summary>Asks past the limits of nobody: a caller behind the trusted proxy has an address of their own.</summary>
    public Callers Callers { get; private set; } = null!;

    /// <summary>For a service that starts before its Redis; nobody is signed in then.</summary>
    internal bool StartsWithoutRedis { get; init; }

    /// <summary>A session that nobody ends.</summary>
    public SignedIn SignedIn { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!StartsWithoutRedis)
        {
            await Redis.StartAsync();
        }

        Wire = new(Redis.Port);
        Service = await Service.StartAsync(SettingsFor(Wire.Port));
        Callers = new(Service);
        if (!StartsWithoutRedis)
        {
            SignedIn = await SignInAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever did not start, the rest must not outlive the tests.
        await (Service?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Wire?.DisposeAsync() ?? ValueTask.CompletedTask);
        Redis.Dispose();
    }

    public static Dictionary<string, string?> SettingsFor(int redisPort) =>
        new()
        {
            ["RATE_LIMIT_PER_MINUTE"] = $"{PerMinute}",
            ["TRUSTED_PROXIES"] = "127.0.0.1",
            ["ANIMESYNC_PROCESSES"] = "2",
            ["REDIS_URL"] = $"redis://app:{RedisPassword}@127.0.0.1:{redisPort}",
        };

    /// <summary>Signs in from an address of its own.</summary>
    public async Task<SignedIn> SignInAsync(string user = "rin")
    {
        SignedIn? signedIn = null;
        await SteadilyAsync(async () => signedIn = await Callers.SignInAsync(user));
        return signedIn!;
    }

    /// <summary>Waits until the probe says this word.</summary>
    public Task<TimeSpan> BecomesAsync(string status) => Steady.BecomesAsync(Service, status);

    public Task SteadilyAsync(Func<Task> check) => Steady.CheckAsync(check, Service);

    /// <summary>Runs one command on the server, not through the wire.</summary>
    public Task<RedisResult> CommandAsync(string command, params object[] arguments) =>
        RedisAsync(redis => redis.Multiplexer.GetServers()[0].ExecuteAsync(command, arguments));

    public async Task<T> RedisAsync<T>(Func<IDatabase, Task<T>> use)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            $"{Redis.Address},password={AdminPassword},allowAdmin=true,asyncTimeout=20000"
        );
        return await use(connection.GetDatabase());
    }

    /// <summary>Every counter's key, but not that of the service's own probe.</summary>
    public Task<string[]> KeysAsync(string pattern = "rl:sw:*") =>
        RedisAsync(async redis =>
        {
            var keys = new List<string>();
            await foreach (var key in redis.Multiplexer.GetServers()[0].KeysAsync(pattern: pattern, pageSize: 1000))
            {
                keys.Add(key.ToString());
            }

            return keys.ToArray();
        });
}
