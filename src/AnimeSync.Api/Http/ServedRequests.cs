namespace AnimeSync.Api.Http;

/// <summary>The route serves its method for some requests only; for the others the method is not supported.</summary>
/// <param name="Detail">Tells the others which these are.</param>
internal sealed record ServedRequests(Predicate<HttpRequest> AreThese, string Detail);

internal static class ServedRequestsExtensions
{
    public static TBuilder ServesOnly<TBuilder>(this TBuilder endpoint, Predicate<HttpRequest> these, string detail)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ServedRequests(these, detail));

    public static bool Serves(this Endpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<ServedRequests>()?.AreThese(request) ?? true;
}
