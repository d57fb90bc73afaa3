using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>Whoever refuses on /graphql, long before its handler too, a GraphQL client can read it.</summary>
public sealed class GraphQLRefusalTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Good = """{"query":"{Viewer{id}}"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<HttpRequestMessage>, int, string> Refused =>
        new()
        {
            { "no token", request => request.Headers.Authorization = null, 401, "unauthenticated" },
            { "a bad token", request => request.Headers.Authorization = new("Bearer", "x"), 401, "token-invalid" },
            { "GET", request => (request.Method, request.Content) = (HttpMethod.Get, null), 405, "method-not-allowed" },
            {
                "TRACE",
                request => (request.Method, request.Content) = (HttpMethod.Trace, null),
                405,
                "method-not-allowed"
            },
            { "a strange host", request => request.Headers.Host = "evil.example", 400, "malformed-request" },
            {
                "a bad query",
                request => request.RequestUri = new("/graphql?a=%c0%ae", UriKind.Relative),
                400,
                "malformed-request"
            },
            { "another path", request => request.RequestUri = new("/graphql/x", UriKind.Relative), 404, "not-found" },
            {
                "a coding",
                request => request.Content!.Headers.ContentEncoding.Add("gzip"),
                415,
                "unsupported-media-type"
            },
            {
                "plain text",
                request => request.Content!.Headers.ContentType = new("text/plain"),
                415,
                "unsupported-media-type"
            },
            { "65 KB", request => request.Content = Json(new string(' ', 65 * 1024)), 413, "payload-too-large" },
            { "2 MB", Announce2Megabytes, 413, "payload-too-large" },
            {
                "a mutation",
                request => request.Content = Json("""{"query":"mutation{UpdateUser{id}}"}"""),
                403,
                "operation-not-allowed"
            },
        };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Every_refusal_has_errors_and_null_data(
        string what,
        Action<HttpRequestMessage> spoil,
        int status,
        string slug
    )
    {
        Assert.NotEmpty(what);
        using var client = await app.SignedInClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = Json(Good) };
        request.Headers.Authorization = client.DefaultRequestHeaders.Authorization;
        // What a client of the GraphQL-over-HTTP draft sends; no problem document is among it.
        request.Headers.Add("Accept", "application/graphql-response+json");
        client.DefaultRequestHeaders.Authorization = null;
        spoil(request);

        using var answer = await client.SendAsync(request, Cancellation);

        await AssertReadableAsync(answer, status, slug);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=latin1", null)]
    [InlineData("application/json", "gzip")]
    public async Task A_415_says_what_to_send(string type, string? coding)
    {
        using var client = await app.SignedInClientAsync();
        using var content = new StringContent(Good, System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type));
        if (coding is not null)
        {
            content.Headers.ContentEncoding.Add(coding);
        }

        using var answer = await client.PostAsync("/graphql", content, Cancellation);

        var problem = await answer.ProblemAsync(415, "unsupported-media-type");
        Assert.Equal(
            "Send application/json in UTF-8, without a content coding.",
            problem.GetProperty("errors")[0].GetProperty("message").GetString()
        );
    }

    [Fact]
    public async Task Elsewhere_a_refusal_is_a_plain_problem()
    {
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Accept", "text/html");

        using var answer = await client.GetAsync("/api/v1/me", Cancellation);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.False(problem.TryGetProperty("errors", out _));
        Assert.False(problem.TryGetProperty("data", out _));
    }

    internal static async Task AssertReadableAsync(HttpResponseMessage answer, int status, string slug)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal($"/problems/{slug}", body.GetProperty("type").GetString());
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.NotEmpty(body.GetProperty("traceId").GetString()!);
        Assert.Equal(JsonValueKind.Null, body.GetProperty("data").ValueKind);
        var error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        Assert.Equal(["message", "status"], error.EnumerateObject().Select(member => member.Name));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(status, error.GetProperty("status").GetInt32());
    }

    private static void Announce2Megabytes(HttpRequestMessage request)
    {
        request.Content = Json(new string(' ', 2 * 1024 * 1024));
        request.Headers.ExpectContinue = true;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
