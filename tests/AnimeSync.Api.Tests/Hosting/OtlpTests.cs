using AnimeSync.Api.Hosting;
using AnimeSync.Api.Tests.Http;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace AnimeSync.Api.Tests.Hosting;

public sealed class OtlpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_traced_unless_a_receiver_is_named()
    {
        await using var host = await EdgeHost.StartAsync();

        Assert.Null(host.Services.GetService<TracerProvider>());
    }

    [Fact]
    public async Task Traces_and_metrics_reach_the_receiver_and_tell_nothing_of_the_caller()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var session = Guid.NewGuid();
        await using (var app = new TestApp())
        {
            await app.StartAsync(Settings(receiver));
            using var rin = await app.SignedInClientAsync();
            rin.DefaultRequestHeaders.UserAgent.ParseAdd("curious-client/1.0");
            await rin.DeleteAsync($"/auth/sessions/{session}", Cancellation);
            await rin.GetAsync("/api/v1/me?fields=secret-of-rin", Cancellation);
            await app.Service.StopAsync(Cancellation);
        }

        var traces = receiver.At("/v1/traces");
        Assert.Contains("api-key: of-the-receiver", traces);
        Assert.Contains("animesync", traces);
        Assert.Contains("/auth/sessions/{id:guid}", traces);
        Assert.Contains("http.server.request.duration", receiver.At("/v1/metrics"));
        Assert.All(
            [session.ToString(), "secret-of-rin", "curious-client", "127.0.0.1:45123", "a client's state"],
            word => Assert.DoesNotContain(word, traces)
        );
    }

    [Fact]
    public async Task AniList_is_told_nothing_of_the_trace_of_a_sign_in()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var aniList = await OtlpReceiver.StartAsync();
        await using var app = new TestApp();
        await app.StartAsync(
            new Dictionary<string, string?>(Settings(receiver))
            {
                ["ANILIST_TOKEN_URL"] = new Uri(aniList.Address, "/token").ToString(),
            }
        );

        await Assert.ThrowsAnyAsync<Exception>(() => app.SignInAsync());

        var asked = aniList.At("/token");
        Assert.Contains("grant_type=authorization_code", asked);
        Assert.All(
            ["traceparent", "tracestate", "baggage", "Request-Id"],
            header => Assert.DoesNotContain(header, asked, StringComparison.OrdinalIgnoreCase)
        );
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

    private static Dictionary<string, string?> Settings(OtlpReceiver receiver) =>
        new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=of-the-receiver",
        };
}
