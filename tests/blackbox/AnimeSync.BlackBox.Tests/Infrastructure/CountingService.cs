namespace AnimeSync.BlackBox.Tests.Infrastructure;

[CollectionDefinition(CountingService.Group)]
public sealed class CountingGroup : ICollectionFixture<CountingService>;

/// <summary>
/// A service with small limits that it counts in its own memory, so that every count is exact however busy the
/// machine is. Each test has addresses of its own, and those about users have users of their own.
/// </summary>
public sealed class CountingService : IAsyncLifetime
{
    public const string Group = "Counting";
    public const int PerMinute = 24;
    public const int AddressLimit = 60;
    public const int AuthLimit = 4;

    public Service Service { get; private set; } = null!;

    public Callers Callers { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await Service.StartAsync(
            new Dictionary<string, string?>
            {
                ["RATE_LIMIT_PER_MINUTE"] = $"{PerMinute}",
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["REDIS_URL"] = null,
            }
        );
        Callers = new(Service);
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
