[assembly: AssemblyFixture(typeof(AnimeSync.BlackBox.Tests.Infrastructure.SharedService))]

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>One service for every test that leaves it as it was; starting one costs seconds.</summary>
public sealed class SharedService : IAsyncLifetime
{
    private Lazy<Task<string>> _accessToken = null!;

    public Service Service { get; private set; } = null!;

    /// <summary>An access token of the sandbox's user, shared by tests that only read.</summary>
    public Task<string> AccessToken => _accessToken.Value;

    public async ValueTask InitializeAsync()
    {
        Service = await Service.StartAsync();
        _accessToken = new(async () => (await Service.SignInAsync()).AccessToken);
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
