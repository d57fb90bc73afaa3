using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>POST /graphql from outside: the service, the sandbox and the database on real sockets.</summary>
public sealed class GraphQLProxyTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private const string Viewer = "{Viewer{id name}}";
    private readonly HttpClient _control = new() { BaseAddress = app.Sandbox };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _control.DeleteAsync("/_sandbox/journal", Cancellation);

    public ValueTask DisposeAsync()
    {
        _control.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_a_token_of_ours_nothing_goes_anywhere()
    {
        using var client = app.CreateClient();

        using var answer = await client.PostAsync("/graphql", Query(Viewer), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await JournalAsync());
    }

    [Fact]
    public async Task Each_caller_is_themselves_at_AniList()
    {
        using var rin = await app.SignedInClientAsync();
        using var mika = await app.SignedInClientAsync("mika");

        foreach (var (client, name) in new[] { (rin, "rin"), (mika, "mika"), (rin, "rin") })
        {
            using var answer = await client.PostAsync("/graphql", Query(Viewer), Cancellation);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

            Assert.Equal(name, body.GetProperty("data").GetProperty("Viewer").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task AniList_is_told_truthfully_who_asks()
    {
        using var client = await app.SignedInClientAsync();
        await _control.DeleteAsync("/_sandbox/journal", Cancellation);

        // Nobody has asked exactly this before.
        using var answer = await client.PostAsync("/graphql", Query("{Viewer{truth:id}}"), Cancellation);

        var seen = Assert.Single(await JournalAsync());
        Assert.StartsWith(app.Settings["PUBLIC_URL"]!, seen.GetProperty("referer").GetString());
        Assert.StartsWith("AnimeSync/", seen.GetProperty("userAgent").GetString());
        Assert.True(seen.GetProperty("authorization").GetBoolean());
        Assert.Equal("rin", seen.GetProperty("user").GetString());
    }

    [Fact]
    public async Task An_answer_brings_none_of_AniLists_headers()
    {
        using var client = await app.SignedInClientAsync();

        using var answer = await client.PostAsync("/graphql", Query(Viewer), Cancellation);

        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("X-RateLimit", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_write_with_variables_reaches_the_list()
    {
        using var client = await app.SignedInClientAsync();
        var body =
            """{"query":"mutation($m:Int,$p:Int){SaveMediaListEntry(mediaId:$m,progress:$p){mediaId progress}}","variables":{"m":1,"p":3}}""";

        using var answer = await client.PostAsync("/graphql", Json(body), Cancellation);

        Assert.Equal(
            """{"data":{"SaveMediaListEntry":{"mediaId":1,"progress":3}}}""",
            await answer.Content.ReadAsStringAsync(Cancellation)
        );
    }

    [Fact]
    public async Task What_AniList_refuses_keeps_AniLists_status_and_body()
    {
        using var client = await app.SignedInClientAsync();

        using var answer = await client.PostAsync("/graphql", Query("{Media(id:999999999){id}}"), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("Not Found.", body.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_refusal_of_ours_is_a_problem_that_a_GraphQL_client_can_read()
    {
        using var client = await app.SignedInClientAsync();
        await _control.DeleteAsync("/_sandbox/journal", Cancellation);

        using var answer = await client.PostAsync("/graphql", Query("mutation{UpdateUser{id}}"), Cancellation);

        var body = await answer.ProblemAsync(403, "operation-not-allowed");
        Assert.Equal(JsonValueKind.Null, body.GetProperty("data").ValueKind);
        var error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        Assert.Equal(403, error.GetProperty("status").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Empty(await JournalAsync());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/graphql")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Only_JSON_in_UTF8_is_read(string? contentType)
    {
        using var client = await app.SignedInClientAsync();
        using var content = Query(Viewer);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using var answer = await client.PostAsync("/graphql", content, Cancellation);

        await answer.ProblemAsync(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Only_POST_is_understood(string method)
    {
        using var client = await app.SignedInClientAsync();
        using var request = new HttpRequestMessage(new(method), "/graphql?query=%7BViewer%7Bid%7D%7D");

        using var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("POST", answer.Content.Headers.Allow.Single());
    }

    [Theory]
    [InlineData(false, 5 * 1024 * 1024)]
    [InlineData(true, 512 * 1024)]
    [InlineData(false, 64 * 1024 + 1)]
    [InlineData(true, 64 * 1024 + 1)]
    public async Task More_than_64_KB_is_too_large_announced_or_not(bool chunked, int size)
    {
        using var client = await app.SignedInClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        var body = """{"query":"{Viewer{id}}"}""";
        request.Content = Json(body + new string(' ', size - body.Length));
        request.Headers.TransferEncodingChunked = chunked;
        // Without this the service hangs up on five megabytes while they are still on their way.
        request.Headers.ExpectContinue = !chunked;

        using var answer = await client.SendAsync(request, Cancellation);

        await answer.ProblemAsync(413, "payload-too-large");
    }

    [Fact]
    public async Task Exactly_64_KB_is_not_too_large()
    {
        using var client = await app.SignedInClientAsync();
        var body = """{"query":"{Viewer{id}}"}""";

        using var answer = await client.PostAsync(
            "/graphql",
            Json(body + new string(' ', 64 * 1024 - body.Length)),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<List<JsonElement>> JournalAsync()
    {
        var journal = await _control.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return [.. journal.GetProperty("requests").EnumerateArray()];
    }

    private static StringContent Query(string query) => Json(JsonSerializer.Serialize(new { query }));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
