using System.Net;
using AnimeSync.Api.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AnimeSync.Api.Tests.Http;

public sealed class HealthTests
{
    [Fact]
    public async Task A_running_service_is_alive_and_ready()
    {
        await using var host = await EdgeHost.StartAsync();

        Assert.Equal("""{"status":"alive"}""", await host.Public.GetStringAsync("/healthz"));
        Assert.Equal("""{"status":"ready"}""", await host.Public.GetStringAsync("/readyz"));
    }

    [Theory]
    [InlineData(HealthStatus.Degraded, HttpStatusCode.OK, "degraded")]
    [InlineData(HealthStatus.Unhealthy, HttpStatusCode.ServiceUnavailable, "unready")]
    public async Task The_public_probe_gives_the_worst_state_and_the_admin_one_names_it(
        HealthStatus worst,
        HttpStatusCode status,
        string word
    )
    {
        await using var host = await EdgeHost.StartAsync(configure: builder =>
            builder.Services.AddHealthChecks().AddCheck("cellar", () => new(worst, "flooded at 10.0.0.7"))
        );

        var ready = await host.Public.GetAsync("/readyz");
        var detail = await host.Admin.GetStringAsync("/version");

        Assert.Equal(status, ready.StatusCode);
        Assert.Equal($$"""{"status":"{{word}}"}""", await ready.Content.ReadAsStringAsync());
        Assert.Contains(
            $"\"cellar\":{{\"status\":\"{word}\"",
            await (await host.Admin.GetAsync("/health")).Content.ReadAsStringAsync()
        );
        Assert.Contains("0.1.0", detail);
        Assert.Equal(HttpStatusCode.OK, (await host.Public.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_unhealthy_within_the_second()
    {
        var health = new DatabaseHealth(new(true, "Host=127.0.0.1;Port=1;Username=nobody;Database=none", null));

        var result = await health.CheckHealthAsync(new(), TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Null(result.Exception);
    }

    [Fact]
    public async Task Probes_need_no_known_host_name_and_no_https()
    {
        await using var host = await EdgeHost.StartAsync("Production", EdgeSettings.Https);

        foreach (var path in new[] { "/healthz", "/readyz" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "10.1.2.3:8000" } };
            Assert.Equal(HttpStatusCode.OK, (await host.Public.SendAsync(request)).StatusCode);
        }
    }
}
