using System.Text.Json;

namespace AnimeSync.Sandbox.Control;

/// <summary>Says what is wrong with a body that cannot be read: the framework alone answers 400 and nothing else.</summary>
internal static class UnreadableBodies
{
    private const string MissingMembers = "missing required properties including: ";

    public static IServiceCollection AddUnreadableBodies(this IServiceCollection services) =>
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

    public static void UseUnreadableBodies(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (!context.Request.Path.StartsWithSegments(ControlEndpoints.Root, StringComparison.OrdinalIgnoreCase))
                {
                    await next(context);
                    return;
                }

                try
                {
                    await next(context);
                    // These two are answered without an exception.
                    if (!context.Response.HasStarted && Explain(context.Response.StatusCode) is { } message)
                    {
                        await RefuseAsync(context, context.Response.StatusCode, message);
                    }
                }
                catch (BadHttpRequestException error) when (!context.Response.HasStarted)
                {
                    await RefuseAsync(context, error.StatusCode, Explain(error));
                }
            }
        );

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        // A body is read before it is known that nobody may send one from there.
        if (!ControlEndpoints.IsThisMachine(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ControlError(message),
            ControlJsonContext.Default.ControlError,
            cancellationToken: context.RequestAborted
        );
    }

    private static string? Explain(int status) =>
        status switch
        {
            StatusCodes.Status413PayloadTooLarge => "The body is too large.",
            StatusCodes.Status415UnsupportedMediaType => "The body must be JSON, with Content-Type: application/json.",
            _ => null,
        };

    private static string Explain(BadHttpRequestException error) =>
        error.InnerException is JsonException json ? Explain(json)
        : error.StatusCode == StatusCodes.Status400BadRequest ? "The body must be JSON, and there is none."
        : Explain(error.StatusCode) ?? error.Message;

    // The serializer tells its kinds of fault apart by words alone, and those name types of this program.
    private static string Explain(JsonException error)
    {
        var text = error.Message.Split(" Path: ")[0];
        return error.InnerException is JsonException ? $"The body is not JSON: {text}"
            : text.Contains(MissingMembers, StringComparison.Ordinal)
                ? $"{error.Path} lacks {text.Split(MissingMembers)[1].TrimEnd('.')}."
            : text.Contains("could not be mapped", StringComparison.Ordinal) ? $"{error.Path} is not known here."
            : text.Contains("uplicate", StringComparison.Ordinal) ? $"{error.Path} is there twice."
            : $"{error.Path} is of a wrong type or out of range.";
    }
}
