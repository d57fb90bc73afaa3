using System.Diagnostics;
using AnimeSync.AniList.Gateway;
using AnimeSync.AniList.Tests.GraphQL;

namespace AnimeSync.AniList.Tests.Gateway;

/// <summary>Alone, because a listener hears the whole process.</summary>
[Collection(nameof(GatewayTracingTests))]
[CollectionDefinition(nameof(GatewayTracingTests), DisableParallelization = true)]
public sealed class GatewayTracingTests : IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == GatewayTracing.Source,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public GatewayTracingTests() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_request_for_one_question_is_its_child()
    {
        using var question = GatewayTracing.StartQuestion();

        using var request = GatewayTracing.StartRequest([question!.Context], "reads", 1);

        Assert.Equal(question.TraceId, request!.TraceId);
        Assert.Equal(question.SpanId, request.ParentSpanId);
        Assert.Equal(ActivityKind.Client, request.Kind);
    }

    [Fact]
    public void A_request_for_several_questions_links_to_each_and_belongs_to_none()
    {
        using var first = GatewayTracing.StartQuestion();
        first!.Stop();
        using var second = GatewayTracing.StartQuestion();

        using var request = GatewayTracing.StartRequest([first.Context, second!.Context, default], "reads", 2);
        request.Ended(GatewayMetrics.OutcomeOf(AniListFailure.RateLimited));

        Assert.Equal([first.Context, second.Context], request!.Links.Select(link => link.Context));
        Assert.Equal(default, request.ParentSpanId);
        Assert.DoesNotContain(request.TraceId, new[] { first.TraceId, second.TraceId });
        Assert.Equal(
            [
                ("animesync.anilist.lane", "reads"),
                ("animesync.anilist.operations", 2),
                ("animesync.anilist.outcome", "rate_limited"),
            ],
            request.TagObjects.Select(tag => (tag.Key, tag.Value))
        );
        Assert.Equal(ActivityStatusCode.Error, request.Status);
    }

    [Fact]
    public async Task AniList_is_told_nothing_of_our_traces()
    {
        await using var server = RawServer.Json("""{"data":{}}""");
        using var clients = new GraphQLClients(server.Address);
        using var question = GatewayTracing.StartQuestion();
        question!.TraceStateString = "vendor=value";
        question.AddBaggage("user", "rin");
        using var request = GatewayTracing.StartRequest([question.Context], "reads", 1);

        using var answer = await clients.Client.ForwardAsync(
            "{}"u8.ToArray(),
            null,
            TestContext.Current.CancellationToken
        );

        var sent = Assert.Single(server.Requests);
        Assert.All(
            [
                "traceparent",
                "tracestate",
                "baggage",
                "correlation-context",
                "request-id",
                request!.TraceId.ToHexString(),
            ],
            word => Assert.DoesNotContain(word, sent, StringComparison.OrdinalIgnoreCase)
        );
    }
}
