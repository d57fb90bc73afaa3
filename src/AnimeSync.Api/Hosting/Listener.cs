using AnimeSync.Api.Http;

namespace AnimeSync.Api.Hosting;

/// <summary>Each route belongs to exactly one listener; one without a mark belongs to the public one.</summary>
internal enum Listener
{
    Public,
    Admin,
    Integrations,
}

internal sealed record ListenerMetadata(Listener Listener);

internal static class ListenerExtensions
{
    public static Listener OwnListener(this Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Listener ?? Listener.Public;

    public static TBuilder OnListener<TBuilder>(this TBuilder endpoint, Listener listener)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ListenerMetadata(listener));

    /// <summary>
    /// A route answers on its own listener and is 404 elsewhere, like a path that nobody has. The local port decides:
    /// a Host header is the client's to write.
    /// </summary>
    public static void UseListenerIsolation(this WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<ListenOptions>();
        app.Use(
            (context, next) =>
                // The matcher's own 405 and 415 belong to no listener; KnownRoutes judges them.
                context.GetEndpoint()
                    is not RouteEndpoint route
                || route.OwnListener() == addresses.ListenerOf(context.Connection.LocalPort)
                    ? next(context)
                    : Problems.NotFound.WriteAsync(context)
        );
    }
}
