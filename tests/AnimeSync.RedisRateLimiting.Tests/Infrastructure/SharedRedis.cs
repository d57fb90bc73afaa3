using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace RedisRateLimiting.Tests.Infrastructure;

/// <summary>The Redis that the test run was given. Tests share it and keep apart by their keys.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    public string Address { get; } =
        Environment.GetEnvironmentVariable("TEST_REDIS_URL") is { Length: > 0 } url
            ? new Uri(url).Authority
            : throw new InvalidOperationException("TEST_REDIS_URL is not set; run tests/run.");

    public IConnectionMultiplexer Connection { get; private set; } = null!;

    public RedisCircuit Circuit { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Connection = await ConnectionMultiplexer.ConnectAsync(Limiters.Configuration(Address));
        Circuit = Limiters.Patient(Connection);
    }

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();
}
