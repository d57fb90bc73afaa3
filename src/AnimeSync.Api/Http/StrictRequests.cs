using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AnimeSync.Api.Http;

/// <summary>Query parameters that a handler reads by other means than its own parameters.</summary>
internal sealed record QueryMetadata(IReadOnlyList<string> Names);

internal static class QueryExtensions
{
    public static TBuilder ReadsQuery<TBuilder>(this TBuilder endpoint, params string[] names)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new QueryMetadata(names));
}

/// <summary>
/// Holds a request to what its route declares: the size and type of the body, and under /api/v1 the query parameters,
/// each at most once. A misspelt filter is better refused than silently ignored.
/// </summary>
internal sealed class StrictRequests(RequestDelegate next)
{
    private readonly ConditionalWeakTable<Endpoint, FrozenDictionary<string, bool>> _parameters = [];

    public Task InvokeAsync(HttpContext context)
    {
        if (IsTooLarge(context))
        {
            context.Response.Headers.Connection = "close";
            return Problems.PayloadTooLarge.WriteAsync(context);
        }

        if (!HasReadableBody(context))
        {
            return Problems.UnsupportedMediaType.WriteAsync(context);
        }

        return FaultyParameters(context) is { Count: > 0 } faulty
            ? Refusals.ForFields(faulty).ExecuteAsync(context)
            : next(context);
    }

    /// <summary>Whether the body, if there is one, will be neither too large nor of the wrong type for the route.</summary>
    public static bool HasAcceptableBody(HttpContext context) => !IsTooLarge(context) && HasReadableBody(context);

    private static bool IsTooLarge(HttpContext context) =>
        context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static bool HasReadableBody(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return true;
        }

        var headers = context.Request.Headers;
        if (headers.ContentEncoding.Count > 0)
        {
            return false;
        }

        var parsed = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type);
        if (parsed && type!.Charset.HasValue && !IsUtf8(type))
        {
            return false;
        }

        var accepts = context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>();
        return accepts?.ContentTypes.Contains("application/json") != true
            || (parsed && accepts.ContentTypes.Contains(type!.MediaType.Value, StringComparer.OrdinalIgnoreCase));
    }

    // In quotes it would be valid too, but the framework then fails to find the encoding (and answers 500).
    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private List<string>? FaultyParameters(HttpContext context)
    {
        var request = context.Request;
        if (!request.QueryString.HasValue || !request.Path.StartsWithSegments("/api/v1"))
        {
            return null;
        }

        var known = _parameters.GetValue(context.GetEndpoint()!, Parameters);
        return
        [
            .. request
                .Query.Where(pair =>
                    !known.TryGetValue(pair.Key, out var repeats) || (pair.Value.Count > 1 && !repeats)
                )
                .Select(pair => pair.Key),
        ];
    }

    // Name → whether it may be repeated.
    private static FrozenDictionary<string, bool> Parameters(Endpoint endpoint)
    {
        var inPath = ((RouteEndpoint)endpoint).RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var bound = endpoint
            .Metadata.OfType<IParameterBindingMetadata>()
            .Where(parameter => !inPath.Contains(parameter.Name) && IsFromQuery(parameter))
            .Select(parameter => (Name: QueryName(parameter), Repeats: parameter.ParameterInfo.ParameterType.IsArray));
        var declared = endpoint.Metadata.OfType<QueryMetadata>().SelectMany(query => query.Names);
        return bound
            .Concat(declared.Select(name => (Name: name, Repeats: false)))
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Repeats, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsFromQuery(IParameterBindingMetadata parameter)
    {
        var attributes = parameter.ParameterInfo.GetCustomAttributes().ToList();
        if (attributes.OfType<IFromQueryMetadata>().Any())
        {
            return true;
        }

        var isFromElsewhere = attributes.Exists(attribute =>
            attribute
                is IFromRouteMetadata
                    or IFromHeaderMetadata
                    or IFromBodyMetadata
                    or IFromFormMetadata
                    or IFromServiceMetadata
        );
        var type = parameter.ParameterInfo.ParameterType;
        return !isFromElsewhere && (parameter.HasTryParse || type == typeof(string) || type == typeof(string[]));
    }

    private static string QueryName(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name;
}
