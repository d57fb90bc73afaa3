using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AnimeSync.Api.Hosting;

/// <summary>
/// What the service shows of itself: `/metrics` for operators, and traces only for a receiver that was named, since
/// they cost every request something.
/// </summary>
internal static class Telemetry
{
    // The packages that "instrument" runtime and database would do no more than name these.
    private static readonly string[] _meters =
    [
        "AnimeSync.*",
        "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql",
        "System.Runtime",
    ];

    // What lies beyond is counted together: a mistake in a tag must not fill the memory of whoever collects.
    private const int MostSeries = 200;

    // Route × method × status.
    private const int MostRequestSeries = 1000;

    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(Describe)
            .WithMetrics(metrics => metrics.AddMeter(_meters).AddView(Bounded).AddPrometheusExporter());
        if (options.SendsOtlp)
        {
            telemetry
                .WithMetrics(metrics => metrics.AddOtlpExporter(Authenticate))
                .WithTracing(traces =>
                    traces
                        .AddSource("AnimeSync.*", "Npgsql")
                        .AddAspNetCoreInstrumentation(requests =>
                        {
                            requests.Filter = context => !Http.HealthEndpoints.IsProbe(context.Request.Path);
                            requests.EnrichWithHttpResponse = (activity, _) => Forget(activity);
                        })
                        .AddOtlpExporter(Authenticate)
                );
        }

        return services;

        void Authenticate(OtlpExporterOptions exporter) => exporter.Headers = options.OtlpHeaders ?? exporter.Headers;
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes) =>
        routes
            .MapPrometheusScrapingEndpoint("/metrics")
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
            .ExcludeFromDescription()
            .AllowAnonymous()
            .OnListener(Listener.Admin);

    private static void Describe(ResourceBuilder resource) =>
        resource
            .AddService(
                "animesync",
                serviceVersion: Release.Version,
                autoGenerateServiceInstanceId: false,
                serviceInstanceId: Environment.MachineName
            )
            // After ours, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
            .AddEnvironmentVariableDetector();

    private static MetricStreamConfiguration Bounded(Instrument instrument) =>
        instrument.Meter.Name == "Npgsql" ? WithoutPools(instrument)
        : instrument.Name == "http.server.request.duration" ? new() { CardinalityLimit = MostRequestSeries }
        : new() { CardinalityLimit = MostSeries };

    // Npgsql labels everything with the pool, which has a connection string for a name when it is EF that opened it. What
    // is added up loses nothing without the label; what is read pool by pool would show one of them at random.
    private static MetricStreamConfiguration WithoutPools(Instrument instrument) =>
        instrument.IsObservable ? MetricStreamConfiguration.Drop : new() { TagKeys = [] };

    // The route says enough. A path can hold a session's id, a query a one-time code, and the rest says who it was.
    private static void Forget(Activity activity)
    {
        foreach (var tag in (string[])["url.path", "url.query", "client.address", "user_agent.original"])
        {
            activity.SetTag(tag, null);
        }
    }
}
