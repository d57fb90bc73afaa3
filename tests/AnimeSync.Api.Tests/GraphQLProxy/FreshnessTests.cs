using System.Net;
using AnimeSync.Api.Tests.GraphQLProxy.Persisted;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>What an answer says of its own age, as time goes by.</summary>
[Trait("Needs", "redis")]
public sealed class FreshnessTests : IAsyncLifetime
{
    private readonly TestApp _app = new() { Configure = builder => builder.UseShiftedTime() };
    private readonly OperationFolder _folder = new();
    private SandboxControl _sandbox = null!;
    private HttpClient _client = null!;
    private string _threads = null!;
    private string _viewer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _threads = _folder.Add("threads.graphql", GraphQLCalls.NewThreads());
        _viewer = _folder.Add("viewer.graphql", $"{{Viewer{{a{Guid.NewGuid():n}:id name}}}}");
        await _app.StartAsync(new Dictionary<string, string?> { ["GRAPHQL_PERSISTED_OPERATIONS"] = _folder.Path });
        _sandbox = new(_app.Sandbox);
        _client = await _app.SignedInClientAsync();
        await _sandbox.ForgetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _sandbox.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_answer_is_live_then_kept_then_old_and_says_so_each_time()
    {
        var query = GraphQLCalls.NewThreads();
        using var live = await _client.AskAsync(query);
        using var kept = await _client.AskAsync(query);
        await _app.Service.AdvanceAsync(TimeSpan.FromSeconds(90));
        using var old = await _client.AskAsync(query);
        await Eventually.BecomesAsync("cache", () => SourceOfAsync(query));
        using var renewed = await _client.AskAsync(query);
        await _app.Service.AdvanceAsync(TimeSpan.FromMinutes(7));
        using var late = await _client.AskAsync(query);

        Assert.Equal(("live", null), (live.Source(), live.Headers.Age));
        Assert.Equal("cache", kept.Source());
        Assert.InRange(kept.Headers.Age!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(59));
        Assert.Equal("stale", old.Source());
        Assert.InRange(old.Headers.Age!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(300));
        Assert.InRange(renewed.Headers.Age!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(59));
        // Too old to be given out while AniList can be asked.
        Assert.Equal(("live", null), (late.Source(), late.Headers.Age));
        Assert.Equal(3, (await _sandbox.JournalAsync()).Count);

        var body = await live.Content.ReadAsStringAsync(Cancellation);
        foreach (var answer in new[] { kept, old, renewed, late })
        {
            Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancellation));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        Assert.NotNull(kept.Headers.ETag);
        Assert.Equal(kept.Headers.ETag, old.Headers.ETag);
    }

    [Fact]
    public async Task A_persisted_read_that_still_holds_is_a_304_however_old_it_is()
    {
        using var live = await GetAsync(_client, _threads);
        var tag = live.Headers.ETag!.ToString();

        using var kept = await GetAsync(_client, _threads, tag);
        await _app.Service.AdvanceAsync(TimeSpan.FromSeconds(90));
        using var old = await GetAsync(_client, _threads, $"\"another\", W/\"weak\", {tag}");
        using var other = await GetAsync(_client, _threads, "\"another\"");

        Assert.Equal((HttpStatusCode.OK, "live"), (live.StatusCode, live.Source()));
        foreach (var (answer, source, age) in new[] { (kept, "cache", 0), (old, "stale", 90) })
        {
            Assert.Equal((HttpStatusCode.NotModified, source), (answer.StatusCode, answer.Source()));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(tag, answer.Headers.ETag!.ToString());
            Assert.InRange(answer.Headers.Age!.Value.TotalSeconds, age, age + 59);
        }

        Assert.Equal((HttpStatusCode.OK, tag), (other.StatusCode, other.Headers.ETag!.ToString()));
    }

    [Fact]
    public async Task What_one_caller_holds_is_no_304_for_another()
    {
        using var mika = await _app.SignedInClientAsync("mika");
        using var first = await GetAsync(_client, _viewer);
        var tag = first.Headers.ETag!.ToString();

        using var again = await GetAsync(_client, _viewer, tag);
        using var others = await GetAsync(mika, _viewer, tag);

        Assert.Equal((HttpStatusCode.NotModified, "cache"), (again.StatusCode, again.Source()));
        Assert.Equal((HttpStatusCode.OK, "live"), (others.StatusCode, others.Source()));
        Assert.NotEqual(tag, others.Headers.ETag!.ToString());
        Assert.Contains("\"mika\"", await others.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task<string> SourceOfAsync(string query)
    {
        using var answer = await _client.AskAsync(query);
        return answer.Source();
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string hash, string? known = null)
    {
        var extensions = Uri.EscapeDataString($$"""{"persistedQuery":{"version":1,"sha256Hash":"{{hash}}"} }""");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?extensions={extensions}");
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await client.SendAsync(request, Cancellation);
    }
}
