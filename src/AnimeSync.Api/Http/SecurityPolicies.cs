namespace AnimeSync.Api.Http;

/// <summary>Headers on every answer this service writes, errors included.</summary>
internal static class SecurityPolicies
{
    private const string Documentation = "documentation";

    private const int OneYearInSeconds = 31_536_000;

    public static IServiceCollection AddSecurityPolicies(this IServiceCollection services)
    {
        services
            .AddSecurityHeaderPolicies()
            .SetDefaultPolicy(policy =>
                policy.Common("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
            )
            .AddPolicy(
                Documentation,
                policy =>
                    policy.Common(
                        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
                    )
            );
        return services;
    }

    public static void UseSecurityPolicies(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(ForbidStoring, context.Response.Headers);
                return next(context);
            }
        );
    }

    /// <summary>For a page that runs scripts of this origin.</summary>
    public static TBuilder WithDocumentationPolicy<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithSecurityHeadersPolicy(Documentation);

    // What may be stored says so itself; the exception handler's own "no-cache, no-store" is replaced by one form.
    private static Task ForbidStoring(object state)
    {
        var headers = (IHeaderDictionary)state;
        if (
            headers.CacheControl.Count == 0
            || headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal)
        )
        {
            headers.CacheControl = "no-store";
            headers.Remove("Pragma");
            headers.Remove("Expires");
        }

        return Task.CompletedTask;
    }

    // Written as custom headers, because the package sends several of its own only with HTML.
    private static void Common(this HeaderPolicyCollection policy, string contentSecurityPolicy) =>
        policy
            .AddStrictTransportSecurityMaxAgeIncludeSubDomains(OneYearInSeconds)
            .AddCustomHeader("Content-Security-Policy", contentSecurityPolicy)
            .AddCustomHeader("X-Content-Type-Options", "nosniff")
            .AddCustomHeader("X-Frame-Options", "DENY")
            .AddCustomHeader("Referrer-Policy", "no-referrer")
            .AddCustomHeader("Cross-Origin-Opener-Policy", "same-origin")
            .AddCustomHeader("Cross-Origin-Resource-Policy", "same-site")
            .AddCustomHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
}
