namespace AnimeSync.Api.Tests.Http;

/// <summary>One service with the test routes for all tests of a class.</summary>
public sealed class MappedEdges : IAsyncLifetime
{
    internal EdgeHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await EdgeHost.StartAsync(map: TestRoutes.Map);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
