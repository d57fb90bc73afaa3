using System.Net;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>A 5xx in GraphQL's words is about one query; any other is about AniList.</summary>
public sealed class ServerErrorTests
{
    private const string Own = """{"errors":[{"message":"Internal Server Error","status":500}],"data":null}""";

    [Theory]
    [InlineData(500)]
    [InlineData(200)]
    public async Task AniLists_own_server_error_is_one_callers_and_closes_AniList_to_nobody(int status)
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(Own, status)) };

        for (var i = 0; i < 6; i++)
        {
            using var answer = await world.AskAsync($"{{Viewer{{a{i}:id}}}}");
            Assert.Equal(
                (AniListFailure.Rejected, (HttpStatusCode?)status),
                (answer.Failure!.Value, answer.StatusCode)
            );
            Assert.Equal(Own, GatewayWorld.TextOf(answer));
        }

        Assert.Equal(6, world.Sent.Count);
        Assert.Equal(BreakerState.Closed, world.Breaker());
    }

    [Theory]
    [InlineData(502, "<html>Bad Gateway</html>", "text/html")]
    [InlineData(503, "no server is available", "application/json")]
    [InlineData(500, """{"message":"Server Error"}""", "application/json")]
    public async Task A_5xx_that_is_no_GraphQL_answer_is_asked_once_more_and_each_counts(
        int status,
        string body,
        string type
    )
    {
        await using var world = new GatewayWorld
        {
            AniList = _ =>
                Task.FromResult(
                    new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, null, type) }
                ),
        };

        for (var i = 0; i < 2; i++)
        {
            using var answer = await world.AskAsync($"{{Viewer{{a{i}:id}}}}");
            Assert.Equal(AniListFailure.Broken, answer.Failure);
        }

        Assert.Equal((4, BreakerState.Closed), (world.Sent.Count, world.Breaker()));

        using var last = await world.AskAsync("{Viewer{name}}");

        Assert.Equal((5, BreakerState.Open), (world.Sent.Count, world.Breaker()));
        Assert.InRange(last.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
    }
}
