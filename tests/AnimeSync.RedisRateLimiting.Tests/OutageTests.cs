using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;

namespace RedisRateLimiting.Tests;

/// <summary>Whatever is wrong with Redis: no exception, no wait worth the name, the local share, and a way back.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    private const int Limit = 40;
    private const int Processes = 4;

    private readonly List<IConnectionMultiplexer> _connections = [];

    [Fact]
    public async Task A_killed_Redis_means_the_local_share_and_a_restarted_one_is_found()
    {
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsInRedisAsync(circuit);

        server.Kill();
        await AssertCountsLocallyAsync(circuit);

        await server.StartAsync();
        await AssertRecoversAsync(circuit);
    }

    [Fact]
    public async Task A_Redis_that_is_down_from_the_start_is_found_when_it_comes()
    {
        using var server = new RedisServer();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsLocallyAsync(circuit);

        await server.StartAsync();
        await AssertRecoversAsync(circuit);
    }

    [Fact]
    public async Task A_paused_Redis_costs_one_short_wait_and_is_found_when_it_goes_on()
    {
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsInRedisAsync(circuit);

        server.Pause();
        await AssertCountsLocallyAsync(circuit);

        server.Resume();
        await AssertRecoversAsync(circuit);
    }

    [Fact]
    public async Task A_full_Redis_means_the_local_share()
    {
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsInRedisAsync(circuit);

        await ConfigureAsync(server, "maxmemory", "1");
        await AssertCountsLocallyAsync(circuit);

        await ConfigureAsync(server, "maxmemory", "0");
        await AssertRecoversAsync(circuit);
    }

    [Fact]
    public async Task A_Redis_that_refuses_writes_means_the_local_share()
    {
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsInRedisAsync(circuit);

        await ConfigureAsync(server, "min-replicas-to-write", "1");
        await AssertCountsLocallyAsync(circuit);

        await ConfigureAsync(server, "min-replicas-to-write", "0");
        await AssertRecoversAsync(circuit);
    }

    [Fact]
    public async Task A_demoted_Redis_means_the_local_share_until_it_is_promoted()
    {
        using var primary = await new RedisServer().StartAsync();
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsInRedisAsync(circuit);

        await CommandAsync(server, "REPLICAOF", "127.0.0.1", $"{primary.Port}");
        await AssertCountsLocallyAsync(circuit);

        await CommandAsync(server, "REPLICAOF", "NO", "ONE");
        await AssertRecoversAsync(circuit);
    }

    [Fact]
    public async Task A_wrong_password_means_the_local_share()
    {
        using var server = await new RedisServer("--requirepass", "right").StartAsync();

        await AssertCountsLocallyAsync(await CircuitAsync(server.Address, password: "wrong"));
        await AssertCountsLocallyAsync(await CircuitAsync(server.Address));
        await AssertCountsInRedisAsync(await CircuitAsync(server.Address, password: "right"));
    }

    [Fact]
    public async Task A_user_without_rights_means_the_local_share()
    {
        using var server = await new RedisServer().StartAsync();
        await CommandAsync(server, "ACL", "SETUSER", "weak", "on", ">secret", "~*", "+@all", "-@scripting");

        await AssertCountsLocallyAsync(await CircuitAsync(server.Address, "weak", "secret"));
    }

    [Fact]
    public async Task A_user_without_rights_to_the_keys_means_the_local_share()
    {
        using var server = await new RedisServer().StartAsync();
        await CommandAsync(server, "ACL", "SETUSER", "blind", "on", ">secret", "~other:*", "+@all");

        await AssertCountsLocallyAsync(await CircuitAsync(server.Address, "blind", "secret"));
    }

    [Fact]
    public async Task A_black_hole_costs_one_short_wait()
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();

        await AssertCountsLocallyAsync(await CircuitAsync(hole.LocalEndpoint.ToString()!));
    }

    [Fact]
    public async Task Forgotten_scripts_are_sent_again()
    {
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsInRedisAsync(circuit);

        await CommandAsync(server, "SCRIPT", "FLUSH");

        await AssertCountsInRedisAsync(circuit);
    }

    [Fact]
    public async Task Killed_connections_are_replaced()
    {
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        var limiter = NewLimiter(circuit);
        for (var round = 0; round < 20; round++)
        {
            await CommandAsync(server, "CLIENT", "KILL", "TYPE", "normal");
            await limiter.TakeAsync();
        }

        await AssertRecoversAsync(circuit);
    }

    [Fact]
    public async Task The_circuit_tells_each_change_once()
    {
        var changes = new List<(bool IsOpen, bool HasReason)>();
        using var server = new RedisServer();
        var circuit = await CircuitAsync(
            server.Address,
            changed: (isOpen, reason) => changes.Add((isOpen, reason is not null))
        );
        await AssertCountsLocallyAsync(circuit);

        await server.StartAsync();
        await AssertRecoversAsync(circuit);

        Assert.Equal([(true, true), (false, false)], changes);
    }

    [Fact]
    public async Task A_cancelled_request_says_nothing_about_Redis()
    {
        using var server = await new RedisServer().StartAsync();
        var circuit = await CircuitAsync(server.Address);
        await AssertCountsInRedisAsync(circuit);
        server.Pause();

        using var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await NewLimiter(circuit).AcquireAsync(1, hurry.Token)
        );

        Assert.False(circuit.IsOpen);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task AssertCountsInRedisAsync(RedisCircuit circuit)
    {
        Assert.Equal(Limit, await CountGrantsAsync(NewLimiter(circuit)));
        Assert.False(circuit.IsOpen);
    }

    private static async Task AssertCountsLocallyAsync(RedisCircuit circuit)
    {
        // One at a time, so that a Redis asked again and again would be felt.
        var limiter = NewLimiter(circuit);
        var watch = Stopwatch.StartNew();
        Assert.Equal(Limit / Processes, await CountGrantsAsync(limiter));

        Assert.True(circuit.IsOpen);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{2 * Limit} requests took {watch.Elapsed}.");
    }

    private static async Task AssertRecoversAsync(RedisCircuit circuit)
    {
        var limiter = NewLimiter(circuit);
        var took = await Eventually.TrueAsync(async () =>
        {
            await limiter.TakeAsync();
            return !circuit.IsOpen;
        });

        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        await AssertCountsInRedisAsync(circuit);
    }

    private static async Task<int> CountGrantsAsync(RateLimiter limiter)
    {
        var granted = 0;
        for (var request = 0; request < 2 * Limit; request++)
        {
            granted += (await limiter.TakeAsync()).IsAcquired ? 1 : 0;
        }

        return granted;
    }

    private static RateLimiter NewLimiter(RedisCircuit circuit) =>
        Limiters.Create(Kind.Sliding, Limiters.NewKey(), circuit, Limit, TimeSpan.FromMinutes(5), Processes);

    private async Task<RedisCircuit> CircuitAsync(
        string address,
        string? user = null,
        string? password = null,
        Action<bool, Exception?>? changed = null
    )
    {
        var configuration = Limiters.Configuration(address);
        (configuration.User, configuration.Password) = (user, password);
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        _connections.Add(connection);
        return new(() => Task.FromResult<IConnectionMultiplexer>(connection), TimeProvider.System)
        {
            Cap = TimeSpan.FromMilliseconds(500),
            Changed = changed,
        };
    }

    private static Task ConfigureAsync(RedisServer server, string name, string value) =>
        CommandAsync(server, "CONFIG", "SET", name, value);

    private static async Task CommandAsync(RedisServer server, string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Limiters.Configuration(server.Address));
        await connection.GetServers()[0].ExecuteAsync(command, arguments);
    }
}
