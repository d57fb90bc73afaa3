using GraphQL.Client.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.AniList.Tests.GraphQL;

/// <summary>The client as the service registers it, pointed at a test's server.</summary>
internal sealed class GraphQLClients : IDisposable
{
    private readonly ServiceProvider _services;

    public GraphQLClients(Uri endPoint, TimeSpan? timeout = null, TimeSpan? connectTimeout = null)
    {
        var options = new GraphQLHttpClientOptions(
            endPoint,
            new("https://animesync.example/"),
            "AnimeSync/1.2.3 (+https://animesync.example)"
        )
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
            ConnectTimeout = connectTimeout ?? TimeSpan.FromSeconds(5),
        };
        _services = new ServiceCollection().AddAniListClient(options).BuildServiceProvider();
        Client = _services.GetRequiredService<GraphQLHttpClient>();
    }

    public GraphQLHttpClient Client { get; }

    public void Dispose() => _services.Dispose();
}
