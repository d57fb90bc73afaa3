using System.Net;
using GraphQL.Client.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.AniList;

public static class AniListClientExtensions
{
    /// <summary>Registers the one <see cref="GraphQLHttpClient"/> through which this process speaks to AniList.</summary>
    public static IServiceCollection AddAniListClient(
        this IServiceCollection services,
        GraphQLHttpClientOptions options
    ) =>
        // An invoker: the client has its own deadline, and HttpClient's would cost every call a second one. No factory:
        // the pool below follows DNS by itself.
        services.AddSingleton(_ => new GraphQLHttpClient(new(CreateHandler(options)), options));

    internal static SocketsHttpHandler CreateHandler(GraphQLHttpClientOptions options) =>
        new()
        {
            // A redirect could lead the user's token to another host.
            AllowAutoRedirect = false,
            // AniList sets a session cookie; users must never share one.
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            EnableMultipleHttp2Connections = true,
            // What is left of a refused answer is cut off rather than read to its end.
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        };
}
