using System.Net;
using System.Text.Json;
using AnimeSync.AniList;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>What a caller is told when AniList misbehaves. One service for each case, as it remembers the misbehaviour.</summary>
public sealed class UpstreamFaultTests : IAsyncLifetime
{
    private const string Viewer = "{Viewer{id name}}";

    private readonly WrittenLog _log = new(LogLevel.Warning);
    private readonly TestApp _app;
    private SandboxControl _sandbox = null!;

    public UpstreamFaultTests() => _app = new() { Configure = builder => builder.Logging.AddProvider(_log) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        _sandbox = new(_app.Sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        await _app.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    // What looks like a lost answer is asked for once more.
    [InlineData("html", 2, 502, "anilist-bad-response", null)]
    [InlineData("truncated", 1, 502, "anilist-bad-response", null)]
    [InlineData("wrong-type", 1, 502, "anilist-bad-response", null)]
    [InlineData("huge", 1, 502, "anilist-bad-response", null)]
    [InlineData("redirect", 1, 502, "anilist-bad-response", null)]
    [InlineData("empty-object", 1, 502, "anilist-bad-response", null)]
    [InlineData("disabled", 1, 503, "anilist-unavailable", 15)]
    [InlineData("reset", 2, 503, "anilist-unavailable", 30)]
    [InlineData("rate-limited", 1, 503, "anilist-rate-limited", 17)]
    public async Task An_upstream_fault_has_its_own_problem(
        string kind,
        int times,
        int status,
        string slug,
        int? retryAfter
    )
    {
        using var client = await _app.SignedInClientAsync("solo");
        await _sandbox.FaultAsync(kind, times);
        await _sandbox.ForgetAsync();

        using var answer = await client.AskAsync(Viewer);

        var body = await answer.ProblemAsync(status, slug);
        Assert.Equal(JsonValueKind.Null, body.GetProperty("data").ValueKind);
        Assert.Equal(retryAfter, (int?)answer.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Equal(times, (await _sandbox.JournalAsync()).Count);

        // None of these says anything about the token.
        using var next = await AskReplicaAsync(client);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("reset")]
    public async Task An_answer_that_is_lost_once_is_asked_for_again_unseen(string kind)
    {
        using var client = await _app.SignedInClientAsync();
        await _sandbox.FaultAsync(kind);

        using var answer = await client.AskAsync(Viewer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_error_of_AniLists_own_server_is_AniLists_to_tell()
    {
        using var client = await _app.SignedInClientAsync();
        await _sandbox.FaultAsync("server-error");

        using var answer = await client.AskAsync(Viewer);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Internal Server Error", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_dead_token_asks_for_a_new_link_and_is_not_tried_again()
    {
        using var client = await _app.SignedInClientAsync("empty");
        await _sandbox.FaultAsync("invalid-token");
        await _sandbox.ForgetAsync();

        using var first = await client.AskAsync(Viewer);
        using var second = await client.AskAsync(Viewer);

        await first.ProblemAsync(409, "anilist-relink-required");
        await second.ProblemAsync(409, "anilist-relink-required");
        Assert.Single(await _sandbox.JournalAsync());
    }

    [Theory]
    [InlineData("invalid-token", "AniList refused a client's operation: InvalidToken (HTTP 400).")]
    [InlineData("disabled", "AniList did not serve a client's operation: Disabled.")]
    public async Task What_failed_is_logged_with_the_status_that_there_was(string kind, string line)
    {
        using var client = await _app.SignedInClientAsync("empty");
        await _sandbox.FaultAsync(kind);

        using var answer = await client.AskAsync(Viewer);

        Assert.Contains(line, _log.Lines);
    }

    [Fact]
    public async Task A_new_link_makes_a_dead_token_good_again()
    {
        using var dead = await _app.SignedInClientAsync("solo");
        await _sandbox.FaultAsync("invalid-token");
        using var refused = await dead.AskAsync(Viewer);
        await _app.SignInAsync("solo");

        using var answer = await dead.AskAsync(Viewer);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Silence_upstream_is_a_504()
    {
        using var client = await _app.SignedInClientAsync();
        await _sandbox.FaultAsync("hang");

        using var answer = await AskReplicaAsync(client, timeout: TimeSpan.FromMilliseconds(300));

        await answer.ProblemAsync(504, "anilist-unavailable");
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Nobody_upstream_is_a_503()
    {
        using var client = await _app.SignedInClientAsync();

        using var answer = await AskReplicaAsync(client, $"http://127.0.0.1:{FreePort.Next()}/");

        await answer.ProblemAsync(503, "anilist-unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    /// <summary>Asks a process that has seen nothing of what went before.</summary>
    private async Task<HttpResponseMessage> AskReplicaAsync(
        HttpClient signedIn,
        string? graphQLUrl = null,
        TimeSpan? timeout = null
    )
    {
        var settings = _app.ReplicaSettings();
        settings["REDIS_URL"] = null;
        var options = new GraphQL.Client.Http.GraphQLHttpClientOptions(
            new(graphQLUrl ?? settings["ANILIST_GRAPHQL_URL"]!),
            new("http://localhost/"),
            "AnimeSync"
        )
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(10),
        };
        await using var replica = await TestApp.StartReplicaAsync(
            settings,
            builder => builder.Services.AddAniListClient(options)
        );
        using var client = new HttpClient { BaseAddress = new($"http://{settings["LISTEN_PUBLIC"]}") };
        client.DefaultRequestHeaders.Authorization = signedIn.DefaultRequestHeaders.Authorization;
        var answer = await client.AskAsync(Viewer);
        await answer.Content.LoadIntoBufferAsync(Cancellation);
        return answer;
    }
}
