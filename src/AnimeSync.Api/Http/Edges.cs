using Microsoft.AspNetCore.Http.Json;

namespace AnimeSync.Api.Http;

/// <summary>What every request passes before a feature sees it.</summary>
internal static class Edges
{
    public static IServiceCollection AddEdges(this IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(options);
        services.AddExceptionHandler<Failures>();
        // The first writer that can is asked, so ours must stand before the framework's.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddProblemDetails();
        services.AddValidation();
        services.PostConfigure<JsonOptions>(json => StrictJson.Apply(json.SerializerOptions));
        // Binding faults become exceptions in every environment, so that one place words them.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services.AddSecurityPolicies();
    }

    /// <summary>Order matters: what stands below the security headers, problem documents and CORS gets all three.</summary>
    public static void UseEdges(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseSecurityPolicies();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Refusals.ForStatus(context.HttpContext));
        app.UseMiddleware<Cors>();
        app.UseMiddleware<RequestFraming>();
        app.UseMiddleware<AllowedHosts>();
        app.UseMiddleware<SecureTransport>();
    }
}
