using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Api.Tests.GraphQLProxy.Persisted;

public sealed class PersistedGetTests(PersistedApp persisted) : IClassFixture<PersistedApp>, IAsyncLifetime
{
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = await persisted.App.SignedInClientAsync();
        using var control = new HttpClient { BaseAddress = persisted.App.Sandbox };
        await control.DeleteAsync("/_sandbox/journal", Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_persisted_query_is_read_as_the_caller()
    {
        using var mika = await persisted.App.SignedInClientAsync("mika");

        foreach (var (client, name) in new[] { (_client, "rin"), (mika, "mika"), (_client, "rin") })
        {
            using var answer = await client.GetAsync(Get(persisted.Viewer), Cancellation);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(
                "{\"data\":{\"Viewer\":{\"name\":\"" + name + "\"}}}",
                await answer.Content.ReadAsStringAsync(Cancellation)
            );
        }
    }

    [Fact]
    public async Task Variables_and_the_operations_name_arrive()
    {
        using var answer = await _client.GetAsync(
            Get(persisted.Search, ("variables", """{"s":"é & + = %","n":1}"""), ("operationName", "S")),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("S", Assert.Single(await JournalAsync()).GetProperty("operation").GetString());
    }

    [Fact]
    public async Task A_browser_may_keep_the_answer_if_it_asks_each_time()
    {
        using var answer = await _client.GetAsync(Get(persisted.Viewer), Cancellation);
        using var refused = await _client.GetAsync(Get(new('0', 64)), Cancellation);
        using var posted = await _client.PostAsJsonAsync("/graphql", new { query = "{Viewer{name}}" }, Cancellation);

        Assert.Equal("no-cache, private", answer.Headers.CacheControl?.ToString());
        Assert.Contains("Authorization", answer.Headers.Vary);
        Assert.Contains("Origin", answer.Headers.Vary);
        Assert.True(answer.Headers.Contains("RateLimit"));
        Assert.Equal("no-store", refused.Headers.CacheControl?.ToString());
        Assert.Equal("no-store", posted.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task What_a_browser_still_holds_is_not_sent_again()
    {
        var address = Get(persisted.Search, ("variables", """{"s":"frieren","n":2}"""));
        using var first = await _client.GetAsync(address, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal("no-cache, private", second.Headers.CacheControl?.ToString());
        Assert.Contains("Authorization", second.Headers.Vary);
    }

    [Fact]
    public async Task A_token_is_needed()
    {
        using var stranger = persisted.App.CreateClient();

        using var answer = await stranger.GetAsync(Get(persisted.Viewer), Cancellation);

        await AssertRefusedAsync(answer, 401, "unauthenticated");
    }

    [Fact]
    public async Task An_unknown_hash_is_not_found()
    {
        using var answer = await _client.GetAsync(Get(new('0', 64)), Cancellation);

        Assert.Contains("\"PersistedQueryNotFound\"", await answer.Content.ReadAsStringAsync(Cancellation));
        await AssertRefusedAsync(answer, 400, "graphql-rejected");
    }

    [Fact]
    public async Task A_mutation_needs_POST()
    {
        using var answer = await _client.GetAsync(Get(persisted.Save), Cancellation);

        await AssertNeedsPostAsync(answer);
        using var posted = await _client.PostAsync(
            "/graphql",
            new StringContent($$"""{"extensions":{{Extensions(persisted.Save)}}}""", Encoding.UTF8, "application/json"),
            Cancellation
        );
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?query=%7BViewer%7Bid%7D%7D")]
    [InlineData("?query=%7BViewer%7Bid%7D%7D&EXTENSIONS")]
    [InlineData("?QUERY=&EXTENSIONS")]
    [InlineData("?variables=%7B%7D")]
    [InlineData("?extensions=%7B%7D")]
    [InlineData("?extensions=null")]
    public async Task Anything_but_a_hash_needs_POST(string query)
    {
        using var answer = await _client.GetAsync(Fill(query), Cancellation);

        await AssertNeedsPostAsync(answer);
    }

    [Theory]
    [InlineData("?EXTENSIONS&EXTENSIONS")]
    [InlineData("?EXTENSIONS&Extensions=%7B%7D")]
    [InlineData("?EXTENSIONS&variables=%7B%7D&variables=%7B%7D")]
    [InlineData("?EXTENSIONS&operationName=S&operationName=S")]
    [InlineData("?EXTENSIONS&access_token=x")]
    [InlineData("?EXTENSIONS&Variables=%7B%7D")]
    [InlineData("?EXTENSIONS&variables=")]
    [InlineData("?EXTENSIONS&variables=7")]
    [InlineData("?EXTENSIONS&variables=%5B%5D")]
    [InlineData("?EXTENSIONS&variables=%7B%22a%22:1,%22a%22:2%7D")]
    [InlineData("?EXTENSIONS&variables=%7B%7D,%22query%22:%22%7Ba%7D%22")]
    [InlineData("?EXTENSIONS&variables=%7B%7D%7B%7D")]
    [InlineData("?EXTENSIONS&variables=%7B%22a%22:%22%5Cu0000%22%7D")]
    [InlineData("?EXTENSIONS&variables=%7B%22a%22:%22%FF%22%7D")]
    [InlineData("?extensions=")]
    [InlineData("?extensions=7")]
    [InlineData("?extensions=%7B%22persistedQuery%22:7%7D")]
    [InlineData("?extensions=%7B%7D,%22query%22:%22%7BViewer%7Bid%7D%7D%22")]
    public async Task Parameters_that_could_be_read_two_ways_are_malformed(string query)
    {
        using var answer = await _client.GetAsync(Fill(query), Cancellation);

        await AssertRefusedAsync(answer, 400, "malformed-request");
    }

    [Fact]
    public async Task A_wrong_method_is_told_of_GET_only_where_GET_would_be_served()
    {
        using var plain = await _client.DeleteAsync("/graphql", Cancellation);
        using var hashed = await _client.DeleteAsync(Get(persisted.Viewer), Cancellation);

        Assert.Equal(["POST"], plain.Content.Headers.Allow);
        Assert.Equal(["GET", "POST"], hashed.Content.Headers.Allow);
    }

    [Fact]
    public async Task The_description_tells_both_ways()
    {
        var description = await _client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);

        var graphQL = description.GetProperty("paths").GetProperty("/graphql");
        Assert.NotEmpty(graphQL.GetProperty("post").GetProperty("description").GetString()!);
        Assert.Equal(
            ["extensions", "operationName", "variables"],
            graphQL
                .GetProperty("get")
                .GetProperty("parameters")
                .EnumerateArray()
                .Select(parameter => parameter.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal)
        );
    }

    private string Fill(string query) =>
        "/graphql"
        + query.Replace(
            "EXTENSIONS",
            $"extensions={Uri.EscapeDataString(Extensions(persisted.Viewer))}",
            StringComparison.Ordinal
        );

    private static string Get(string hash, params (string Name, string Value)[] parameters) =>
        $"/graphql?extensions={Uri.EscapeDataString(Extensions(hash))}"
        + string.Concat(parameters.Select(one => $"&{one.Name}={Uri.EscapeDataString(one.Value)}"));

    private static string Extensions(string hash) => $$"""{"persistedQuery":{"version":1,"sha256Hash":"{{hash}}"} }""";

    private async Task AssertNeedsPostAsync(HttpResponseMessage answer)
    {
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        Assert.Contains("GET sends persisted queries only.", await answer.Content.ReadAsStringAsync(Cancellation));
        await AssertRefusedAsync(answer, 405, "method-not-allowed");
    }

    private async Task AssertRefusedAsync(HttpResponseMessage answer, int status, string slug)
    {
        await GraphQLRefusalTests.AssertReadableAsync(answer, status, slug);
        Assert.Empty(await JournalAsync());
    }

    private async Task<List<JsonElement>> JournalAsync()
    {
        using var control = new HttpClient { BaseAddress = persisted.App.Sandbox };
        var journal = await control.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return [.. journal.GetProperty("requests").EnumerateArray()];
    }
}
