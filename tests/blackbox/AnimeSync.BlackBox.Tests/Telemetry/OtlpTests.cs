using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Telemetry;

public sealed class OtlpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_and_metrics_reach_the_receiver_and_tell_nothing_of_the_caller()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await Service.StartAsync(Settings(receiver));
        var session = Guid.NewGuid();
        var signedIn = await service.SignInAsync();
        using var rin = service.CreateClient(signedIn.AccessToken);
        rin.DefaultRequestHeaders.UserAgent.ParseAdd("curious-client/1.0");
        await rin.DeleteAsync($"/auth/sessions/{session}", Cancellation);
        await rin.GetAsync("/api/v1/me?fields=secret-of-rin", Cancellation);

        await Eventually.BecomesAsync(
            true,
            () =>
                Task.FromResult(
                    receiver.At("/v1/traces").Contains("/auth/sessions/{id:guid}")
                        && receiver.At("/v1/traces").Contains("/api/v1/me")
                        && receiver.At("/v1/metrics").Contains("http.server.request.duration")
                ),
            seconds: 30
        );

        var traces = receiver.At("/v1/traces");
        Assert.Contains("api-key: of-the-receiver", traces);
        Assert.All(
            [session.ToString(), "secret-of-rin", "curious-client", signedIn.AccessToken, signedIn.RefreshToken!],
            word => Assert.DoesNotContain(word, traces)
        );
    }

    [Fact]
    public async Task AniList_is_told_nothing_of_the_trace_of_a_sign_in()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var aniList = await OtlpReceiver.StartAsync();
        await using var service = await Service.StartAsync(
            new Dictionary<string, string?>(Settings(receiver))
            {
                ["ANILIST_TOKEN_URL"] = new Uri(aniList.Address, "/token").ToString(),
            }
        );

        await Assert.ThrowsAnyAsync<Exception>(() => service.SignInAsync());

        var asked = aniList.At("/token");
        Assert.Contains("grant_type=authorization_code", asked);
        Assert.All(
            ["traceparent", "tracestate", "baggage", "Request-Id"],
            header => Assert.DoesNotContain(header, asked, StringComparison.OrdinalIgnoreCase)
        );
    }

    private static Dictionary<string, string?> Settings(OtlpReceiver receiver) =>
        new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=of-the-receiver",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
}
