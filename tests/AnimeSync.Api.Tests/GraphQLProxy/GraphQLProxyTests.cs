using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AnimeSync.AniList;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>POST /graphql from outside: the service, the sandbox and the database on real sockets.</summary>
public sealed class GraphQLProxyTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private const string Viewer = "{Viewer{id name}}";
    private readonly HttpClient _control = new() { BaseAddress = app.Sandbox };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _control.DeleteAsync("/_sandbox/faults", Cancellation);
        await _control.DeleteAsync("/_sandbox/journal", Cancellation);
    }

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

        using var answer = await client.PostAsync("/graphql", Query(Viewer), Cancellation);

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

        var body = await ProblemAsync(answer, 403, "operation-not-allowed");
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

        await ProblemAsync(answer, 415, "unsupported-media-type");
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

        await ProblemAsync(answer, 413, "payload-too-large");
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

    [Theory]
    [InlineData("html", 502, "anilist-bad-response", null)]
    [InlineData("truncated", 502, "anilist-bad-response", null)]
    [InlineData("wrong-type", 502, "anilist-bad-response", null)]
    [InlineData("huge", 502, "anilist-bad-response", null)]
    [InlineData("redirect", 502, "anilist-bad-response", null)]
    [InlineData("empty-object", 502, "anilist-bad-response", null)]
    [InlineData("disabled", 503, "anilist-unavailable", 30)]
    [InlineData("reset", 503, "anilist-unavailable", 30)]
    [InlineData("rate-limited", 503, "anilist-rate-limited", 17)]
    public async Task An_upstream_fault_has_its_own_problem(string kind, int status, string slug, int? retryAfter)
    {
        using var client = await app.SignedInClientAsync("solo");
        await FaultAsync(kind);

        using var answer = await client.PostAsync("/graphql", Query(Viewer), Cancellation);

        var body = await ProblemAsync(answer, status, slug);
        Assert.Equal(JsonValueKind.Null, body.GetProperty("data").ValueKind);
        Assert.Equal(retryAfter, (int?)answer.Headers.RetryAfter?.Delta?.TotalSeconds);

        // None of these says anything about the token.
        using var next = await client.PostAsync("/graphql", Query(Viewer), Cancellation);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task An_error_of_AniLists_own_server_is_AniLists_to_tell()
    {
        using var client = await app.SignedInClientAsync();
        await FaultAsync("server-error");

        using var answer = await client.PostAsync("/graphql", Query(Viewer), Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Internal Server Error", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_dead_token_asks_for_a_new_link_and_is_not_tried_again()
    {
        using var client = await app.SignedInClientAsync("empty");
        await FaultAsync("invalid-token");
        await _control.DeleteAsync("/_sandbox/journal", Cancellation);

        using var first = await client.PostAsync("/graphql", Query(Viewer), Cancellation);
        using var second = await client.PostAsync("/graphql", Query(Viewer), Cancellation);

        await ProblemAsync(first, 409, "anilist-relink-required");
        await ProblemAsync(second, 409, "anilist-relink-required");
        Assert.Single(await JournalAsync());
    }

    [Fact]
    public async Task A_new_link_makes_a_dead_token_good_again()
    {
        using var dead = await app.SignedInClientAsync("solo");
        await FaultAsync("invalid-token");
        using var refused = await dead.PostAsync("/graphql", Query(Viewer), Cancellation);
        await app.SignInAsync("solo");

        using var answer = await dead.PostAsync("/graphql", Query(Viewer), Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Silence_upstream_is_a_504()
    {
        using var client = await app.SignedInClientAsync();
        await FaultAsync("hang");

        using var answer = await AskReplicaAsync(
            client,
            app.Settings["ANILIST_GRAPHQL_URL"]!,
            TimeSpan.FromMilliseconds(300)
        );

        await ProblemAsync(answer, 504, "anilist-unavailable");
    }

    [Fact]
    public async Task Nobody_upstream_is_a_503()
    {
        using var client = await app.SignedInClientAsync();

        using var answer = await AskReplicaAsync(
            client,
            $"http://127.0.0.1:{FreePort.Next()}/",
            TimeSpan.FromSeconds(10)
        );

        await ProblemAsync(answer, 503, "anilist-unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private async Task<HttpResponseMessage> AskReplicaAsync(HttpClient signedIn, string graphQLUrl, TimeSpan timeout)
    {
        var settings = app.ReplicaSettings();
        await using var replica = Program.Build(
            ["--environment", "Development"],
            settings,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddAniListClient(
                    new(new(graphQLUrl), new("http://localhost/"), "AnimeSync") { Timeout = timeout }
                );
            }
        );
        await replica.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new($"http://{settings["LISTEN_PUBLIC"]}") };
        client.DefaultRequestHeaders.Authorization = signedIn.DefaultRequestHeaders.Authorization;
        var answer = await client.PostAsync("/graphql", Query(Viewer), Cancellation);
        await answer.Content.LoadIntoBufferAsync(Cancellation);
        await replica.StopAsync(Cancellation);
        return answer;
    }

    private async Task FaultAsync(string kind)
    {
        using var added = await _control.PostAsJsonAsync(
            "/_sandbox/faults",
            new
            {
                match = "*",
                kind,
                times = 1,
                retryAfter = 17,
            },
            Cancellation
        );
        added.EnsureSuccessStatusCode();
    }

    private async Task<List<JsonElement>> JournalAsync()
    {
        var journal = await _control.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return [.. journal.GetProperty("requests").EnumerateArray()];
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, int status, string slug)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal($"/problems/{slug}", body.GetProperty("type").GetString());
        return body;
    }

    private static StringContent Query(string query) => Json(JsonSerializer.Serialize(new { query }));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
