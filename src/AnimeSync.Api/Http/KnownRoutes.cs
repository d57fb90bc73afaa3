using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Routing.Template;

namespace AnimeSync.Api.Http;

/// <summary>
/// Answers 404, 405 and 415 before anybody is asked for a token: what does not exist needs none. A method that only
/// another listener's route has is 404, so that the public side does not reveal the admin side.
/// </summary>
internal sealed class KnownRoutes(RequestDelegate next, EndpointDataSource routes, ListenOptions listeners)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is RouteEndpoint && endpoint.Serves(context.Request))
        {
            await next(context);
            return;
        }

        var methods = MethodsHere(context);
        if (endpoint is RouteEndpoint)
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            await Problems.MethodNotAllowed.WriteAsync(
                context,
                endpoint.Metadata.GetMetadata<ServedRequests>()?.Detail
            );
            return;
        }

        if (endpoint?.RequestDelegate is null || methods.Count == 0)
        {
            await Problems.NotFound.WriteAsync(context);
            return;
        }

        // The matcher's own answer: it knows whether the method or the media type was wrong.
        await endpoint.RequestDelegate(context);
        if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
        }
    }

    private SortedSet<string> MethodsHere(HttpContext context)
    {
        var here = listeners.ListenerOf(context.Connection.LocalPort);
        var methods = routes
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.OwnListener() == here)
            .Where(route => Matches(route, context.Request.Path) && route.Serves(context.Request))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []);
        return new(methods, StringComparer.Ordinal);
    }

    private static bool Matches(RouteEndpoint route, PathString path) =>
        new TemplateMatcher(new(route.RoutePattern), []).TryMatch(path, []);
}
