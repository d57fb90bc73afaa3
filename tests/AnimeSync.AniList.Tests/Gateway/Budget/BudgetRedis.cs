using AnimeSync.AniList.Tests.Gateway.Budget;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(BudgetRedis))]

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>The Redis that the test run was given. Tests share it and keep apart by their budgets' names.</summary>
public sealed class BudgetRedis : IAsyncLifetime
{
    public IConnectionMultiplexer Connection { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var url = Environment.GetEnvironmentVariable("TEST_REDIS_URL") is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("TEST_REDIS_URL is not set; run tests/run.");
        Connection = await ConnectionMultiplexer.ConnectAsync(Configuration(new Uri(url).Authority));
    }

    public static ConfigurationOptions Configuration(string address) =>
        new()
        {
            EndPoints = { address },
            AbortOnConnectFail = false,
            AllowAdmin = true,
            ConnectTimeout = 1000,
            AsyncTimeout = 30_000,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(500),
            ConfigCheckSeconds = 2,
            KeepAlive = 1,
        };

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();
}
