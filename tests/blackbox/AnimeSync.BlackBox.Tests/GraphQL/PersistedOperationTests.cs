using System.Net;
using System.Text.Json;

namespace AnimeSync.BlackBox.Tests.GraphQL;

/// <summary>Where only listed documents may be sent, no other gets through, and a hash means one document only.</summary>
public sealed class PersistedOperationTests(ListedService listed) : IClassFixture<ListedService>, IAsyncLifetime
{
    // Whatever a runtime adds of its own; nothing that a caller wrote.
    private static readonly string[] _headers =
    [
        "Accept",
        "Accept-Encoding",
        "Authorization",
        "Content-Length",
        "Content-Type",
        "Host",
        "Referer",
        "User-Agent",
        "traceparent",
        "tracestate",
    ];

    public ValueTask InitializeAsync()
    {
        listed.ForgetRequests();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_hash_sends_its_document_whichever_way_it_comes()
    {
        using var posted = await listed.PostAsync(
            $$"""{"extensions":{{ListedService.Naming(ListedService.Viewer)}} }"""
        );
        using var read = await listed.GetAsync(ListedService.Viewer);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (posted.StatusCode, read.StatusCode));
        Assert.Equal(await posted.Content.ReadAsStringAsync(), await read.Content.ReadAsStringAsync());
        Assert.All(
            listed.Upstream,
            request => Assert.Equal(JsonSerializer.Serialize(new { query = ListedService.Viewer }), request.Body)
        );
        Assert.NotEmpty(listed.Upstream);
    }

    [Fact]
    public async Task The_hash_of_another_document_is_refused()
    {
        var query = JsonSerializer.Serialize(ListedService.Search);

        using var answer = await listed.PostAsync(
            $$"""{"query":{{query}},"extensions":{{ListedService.Naming(ListedService.Viewer)}} }"""
        );

        await AssertRefusedAsync(answer, 400, "graphql-rejected");
    }

    [Fact]
    public async Task An_unlisted_document_is_refused_and_its_hash_stays_unknown()
    {
        const string Free = "{Viewer{id}}";
        var query = JsonSerializer.Serialize(Free);

        using var plain = await listed.PostAsync($$"""{"query":{{query}} }""");
        using var hashed = await listed.PostAsync(
            $$"""{"query":{{query}},"extensions":{{ListedService.Naming(Free)}} }"""
        );
        using var named = await listed.PostAsync($$"""{"extensions":{{ListedService.Naming(Free)}} }""");
        using var read = await listed.GetAsync(Free);

        await AssertRefusedAsync(plain, 403, "operation-not-allowed");
        await AssertRefusedAsync(hashed, 403, "operation-not-allowed");
        await AssertRefusedAsync(named, 400, "graphql-rejected");
        await AssertRefusedAsync(read, 400, "graphql-rejected");
    }

    // Each row its own text: what was asked before may be answered without asking again.
    [Theory]
    [InlineData("POST", """{"s":"a\r\nX-Injected: 1\r\n\r\nGET / HTTP/1.1"}""")]
    [InlineData("POST", """{"s":"b\u000d\u000aAuthorization: Bearer x"}""")]
    [InlineData("POST", """{"a\r\nX-Injected: 1":"b","s":"c"}""")]
    [InlineData("GET", """{"s":"d\r\nX-Injected: 1\r\n\r\nGET / HTTP/1.1"}""")]
    [InlineData("GET", """{"s":"e\u000d\u000aAuthorization: Bearer x"}""")]
    [InlineData("GET", """{"a\r\nX-Injected: 1":"b","s":"f"}""")]
    public async Task Line_ends_in_variables_never_become_upstream_headers(string method, string variables)
    {
        using var answer =
            method == "GET"
                ? await listed.GetAsync(ListedService.Search, variables)
                : await listed.PostAsync(
                    $$"""{"variables":{{variables}},"extensions":{{ListedService.Naming(ListedService.Search)}} }"""
                );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var request = Assert.Single(listed.Upstream);
        Assert.Contains($"\"variables\":{variables}", request.Body);
        Assert.Empty(request.Headers.Keys.Except(_headers, StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain(request.Headers.Values, value => value.Contains("X-Injected"));
        Assert.NotEqual("Bearer x", request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("variables=%7B%22s%22:%22a%0D%0AX-Injected:%201%22%7D", 400, "malformed-request")]
    [InlineData("operationName=S%0D%0AX-Injected:%201", 400, "graphql-rejected")]
    public async Task Raw_line_ends_in_parameters_are_refused(string parameter, int status, string slug)
    {
        var extensions = Uri.EscapeDataString(ListedService.Naming(ListedService.Search));

        using var answer = await listed.Client.GetAsync($"/graphql?extensions={extensions}&{parameter}");

        await AssertRefusedAsync(answer, status, slug);
        Assert.False(answer.Headers.Contains("X-Injected"));
    }

    [Fact]
    public async Task A_token_in_the_address_is_no_token()
    {
        var extensions = Uri.EscapeDataString(ListedService.Naming(ListedService.Viewer));
        using var stranger = listed.Service.CreateClient();

        using var answer = await stranger.GetAsync(
            $"/graphql?extensions={extensions}&access_token={listed.AccessToken}"
        );

        await AssertRefusedAsync(answer, 401, "unauthenticated");
        Assert.DoesNotContain(listed.AccessToken, listed.Service.Output);
    }

    [Fact]
    public async Task A_request_line_beyond_8_KB_is_refused()
    {
        using var answer = await listed.GetAsync(ListedService.Search, $$"""{"s":"{{new string('x', 8 * 1024)}}"}""");

        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
        Assert.Empty(listed.Upstream);
        await listed.Service.AssertAliveAsync();
    }

    private async Task AssertRefusedAsync(HttpResponseMessage answer, int status, string slug)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {body}");
        Assert.Contains($"\"/problems/{slug}\"", body);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Empty(listed.Upstream);
        await listed.Service.AssertAliveAsync();
    }
}
