using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using AnimeSync.Api.Hosting;
using AnimeSync.Api.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace AnimeSync.Api.Tests.Hosting;

/// <summary>What the metrics hold is tested in a process of its own, by the black-box suite.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_meter_of_ours_counts_beyond_its_bound_is_counted_together()
    {
        await using var host = await EdgeHost.StartAsync();
        using var meters = new Meter("AnimeSync.Test");
        var counter = meters.CreateCounter<long>("animesync.test.seen");
        for (var number = 0; number < 5000; number++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("number", number));
        }

        var text = await host.Admin.GetStringAsync("/metrics", Cancellation);

        Assert.Matches("animesync_test_seen_total{[^}]*otel_metric_overflow=\"true\"}", text);
        Assert.InRange(Regex.Count(text, "animesync_test_seen_total{"), 100, 250);
    }

    [Fact]
    public async Task A_scraper_may_name_the_admin_listener_by_its_address_but_by_no_name()
    {
        await using var host = await EdgeHost.StartAsync(
            "Production",
            new(EdgeSettings.Https) { ["LISTEN_ADMIN"] = $"127.0.0.2:{FreePort.Next()}" }
        );

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "127.0.0.2"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, "127.0.0.3"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, "rebound.example"));
    }

    [Fact]
    public async Task Nothing_is_traced_unless_a_receiver_is_named()
    {
        await using var host = await EdgeHost.StartAsync();

        Assert.Null(host.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    public void A_receiver_that_cannot_be_spoken_to_is_refused_at_start(string name, string value)
    {
        var refused = Assert.Throws<SettingsException>(() =>
            EdgeHost.Build("Development", new() { [name] = value }, "/tmp")
        );

        Assert.Contains(name, refused.Message);
        Assert.DoesNotContain(value, refused.Message);
    }

    private static async Task<HttpStatusCode> StatusAsync(EdgeHost host, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = name } };
        using var answer = await host.Admin.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
