using System.Reflection;
using System.Text.Json.Serialization;
using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AnimeSync.Api.Http;

public sealed record HealthResponse(string Status);

public sealed record DependencyResponse(string Status, double Milliseconds);

public sealed record HealthDetailResponse(string Status, IReadOnlyDictionary<string, DependencyResponse> Dependencies);

public sealed record VersionResponse(string Version);

/// <summary>
/// Two probes without detail for everybody, and the detail for operators on the admin listener. A feature adds its own
/// dependency with `services.AddHealthChecks().AddCheck&lt;T&gt;(name, timeout: …)`.
/// </summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>().AddSingleton<DatabaseHealth>();
        services
            .AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", timeout: TimeSpan.FromSeconds(1))
            .AddCheck<KeyRingHealth>("key-ring", timeout: TimeSpan.FromSeconds(1))
            .AddCheck<AniListHealth>("anilist");
        return services;
    }

    public static bool IsProbe(PathString path) => path.Value is "/healthz" or "/readyz";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var probes = routes.MapGroup("").WithTags("Health").AllowAnonymous();
        probes.MapGet("/healthz", Alive).WithName("Alive").WithSummary("The process is up.");
        probes.MapGet("/readyz", ReadyAsync).WithName("Ready").WithSummary("The process can serve requests.");

        var admin = routes.MapGroup("").ExcludeFromDescription().AllowAnonymous().OnListener(Listener.Admin);
        admin.MapGet("/health", DetailAsync);
        admin.MapGet("/version", Version);
    }

    private static JsonHttpResult<HealthResponse> Alive() =>
        TypedResults.Json(new HealthResponse("alive"), HealthJsonContext.Default.HealthResponse);

    private static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(Readiness readiness)
    {
        var status = (await readiness.CheckAsync()).Status;
        return TypedResults.Json(
            new HealthResponse(Word(status)),
            HealthJsonContext.Default.HealthResponse,
            statusCode: StatusCode(status)
        );
    }

    private static async Task<JsonHttpResult<HealthDetailResponse>> DetailAsync(Readiness readiness)
    {
        var report = await readiness.CheckAsync();
        var dependencies = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new DependencyResponse(Word(entry.Value.Status), entry.Value.Duration.TotalMilliseconds)
        );
        return TypedResults.Json(
            new HealthDetailResponse(Word(report.Status), dependencies),
            HealthJsonContext.Default.HealthDetailResponse,
            statusCode: StatusCode(report.Status)
        );
    }

    private static JsonHttpResult<VersionResponse> Version()
    {
        var assembly = typeof(HealthEndpoints).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return TypedResults.Json(new VersionResponse(version ?? "unknown"), HealthJsonContext.Default.VersionResponse);
    }

    private static string Word(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "ready",
            HealthStatus.Degraded => "degraded",
            _ => "unready",
        };

    private static int StatusCode(HealthStatus status) =>
        status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(HealthDetailResponse))]
[JsonSerializable(typeof(VersionResponse))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
