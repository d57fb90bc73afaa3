using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.Client.Http;

namespace AnimeSync.AniList.Tests.GraphQL;

public sealed class GraphQLHttpClientTests
{
    private const string Rin = """
        {"data":{"Viewer":{"id":77,"name":"rin","avatar":{"large":"https://img.example/rin.png"}}}}
        """;

    [Fact]
    public async Task A_request_says_who_we_are_and_carries_the_callers_token()
    {
        await using var server = RawServer.Json(Rin);
        using var clients = new GraphQLClients(server.Address);

        await clients.Client.SendQueryAsync(
            new(Documents.Viewer),
            "rins-token",
            AniListJsonContext.Default.ViewerData,
            TestContext.Current.CancellationToken
        );

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST / HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Referer: https://animesync.example/\r\n", request, StringComparison.Ordinal);
        Assert.Contains(
            "User-Agent: AnimeSync/1.2.3 (+https://animesync.example)\r\n",
            request,
            StringComparison.Ordinal
        );
        Assert.Contains("Authorization: Bearer rins-token\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Accept: application/json\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_token_ends_with_its_call()
    {
        await using var server = RawServer.Json(Rin);
        using var clients = new GraphQLClients(server.Address);

        using var first = await clients.Client.ForwardAsync("{}"u8.ToArray(), "rins-token", Cancellation);
        using var second = await clients.Client.ForwardAsync("{}"u8.ToArray(), null, Cancellation);

        Assert.DoesNotContain("Authorization", server.Requests[1], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Forwarded_bytes_arrive_as_they_were()
    {
        const string body = """{"query":"{a}", "variables":{"big":9007199254740993,"text":"\u00e9é"}}""";
        await using var server = RawServer.Json(Rin);
        using var clients = new GraphQLClients(server.Address);

        using var answer = await clients.Client.ForwardAsync(Encoding.UTF8.GetBytes(body), null, Cancellation);

        Assert.EndsWith("\r\n\r\n" + body, server.Requests[0], StringComparison.Ordinal);
        Assert.Equal(Rin, Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task An_own_request_has_only_the_members_it_needs()
    {
        await using var server = RawServer.Json(Rin);
        using var clients = new GraphQLClients(server.Address);

        await clients.Client.SendQueryAsync(
            new("query($id:Int){Media(id:$id){id}}", new JsonObject { ["id"] = 21 }),
            null,
            AniListJsonContext.Default.ViewerData,
            Cancellation
        );

        Assert.EndsWith(
            """{"query":"query($id:Int){Media(id:$id){id}}","variables":{"id":21}}""",
            server.Requests[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_viewer_is_read()
    {
        await using var server = RawServer.Json(Rin);

        var response = await ViewerAsync(server);

        Assert.Equal(new Viewer(77, "rin", new(new("https://img.example/rin.png"))), response.Data?.Viewer);
        Assert.Null(response.Failure);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Errors_keep_AniLists_own_members()
    {
        await using var server = RawServer.Json(
            """
            {"errors":[{"message":"validation","status":400,"locations":[{"line":2,"column":5}],
             "validation":{"score":["The score may not be greater than 100."]}}],"data":{"Viewer":null}}
            """,
            400
        );

        var response = await ViewerAsync(server);

        var error = Assert.Single(response.Errors!);
        Assert.Equal(400, error.Status);
        Assert.Equal(new GraphQLLocation(2, 5), Assert.Single(error.Locations!));
        Assert.Equal(["The score may not be greater than 100."], error.Validation!["score"]);
        Assert.Equal(AniListFailure.Validation, response.Failure);
        Assert.Null(response.Data);
    }

    [Theory]
    [InlineData("""{"data":{"Viewer":{"id":"77","name":"rin","avatar":null}}}""")]
    [InlineData("""{"data":{"Viewer":{"id":77,"name":null,"avatar":null}}}""")]
    [InlineData("""{"data":{"Viewer":{"id":77.5,"name":"rin","avatar":null}}}""")]
    [InlineData("""{"data":{"Viewer":{"name":"rin","avatar":null}}}""")]
    [InlineData("""{"data":{"Viewer":[]}}""")]
    public async Task Data_of_the_wrong_shape_is_broken_and_the_exception_quotes_none_of_it(string body)
    {
        await using var server = RawServer.Json(body);

        var exception = await Assert.ThrowsAsync<GraphQLHttpRequestException>(() => ViewerAsync(server));

        Assert.Equal(AniListFailure.Broken, exception.Failure);
        Assert.Equal("The GraphQL call failed: Broken.", exception.Message);
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public async Task HTML_is_an_exception_without_the_HTML()
    {
        await using var server = RawServer.Sending(503, "text/html", "<h1>secret hint</h1>"u8.ToArray());

        var exception = await Assert.ThrowsAsync<GraphQLHttpRequestException>(() => ViewerAsync(server));

        Assert.Equal(AniListFailure.Broken, exception.Failure);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, exception.StatusCode);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<GraphQLHttpResponse<ViewerData>> ViewerAsync(RawServer server)
    {
        using var clients = new GraphQLClients(server.Address);
        return await clients.Client.SendQueryAsync(
            new(Documents.Viewer),
            "token",
            AniListJsonContext.Default.ViewerData,
            Cancellation
        );
    }
}
