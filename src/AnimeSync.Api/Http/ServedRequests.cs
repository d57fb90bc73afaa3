namespace AnimeSync.Api.Http;

/// <summary>The route serves its method for some requests only; for the others the method is not supported.</summary>
internal sealed record ServedRequests(Predicate<HttpRequest> AreThese);

internal static class ServedRequestsExtensions
{
    public static TBuilder ServesOnly<TBuilder>(this TBuilder endpoint, Predicate<HttpRequest> these)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ServedRequests(these));

    public static bool Serves(this Endpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<ServedRequests>()?.AreThese(request) ?? true;
}
