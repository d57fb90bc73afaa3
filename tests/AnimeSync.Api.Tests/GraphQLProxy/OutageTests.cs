using System.Net;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>AniList is away for ten minutes, by the service's clock and by the sandbox's.</summary>
[Trait("Needs", "redis")]
public sealed class OutageTests : IAsyncLifetime
{
    // After these many seconds of silence AniList is asked once more.
    private static readonly int[] _waits = [15, 30, 60, 60, 60, 60, 60, 60, 60, 60, 60];

    private readonly TestApp _app = new() { Configure = builder => builder.UseShiftedTime() };
    private SandboxControl _sandbox = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        _sandbox = new(_app.Sandbox);
        _client = await _app.SignedInClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _sandbox.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("reset")]
    public async Task Everything_seen_before_is_served_and_AniList_is_asked_once_at_each_probe(string kind)
    {
        var seen = new Dictionary<string, string>();
        foreach (var question in Questions())
        {
            using var live = await AskAsync(question);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            seen[question] = await live.Content.ReadAsStringAsync(Cancellation);
        }

        await AdvanceAsync(45 * 60);
        await _sandbox.FaultAsync(kind, times: null);
        await _sandbox.ForgetAsync();
        await OpenAsync();
        var opening = (await _sandbox.JournalAsync()).Count;

        foreach (var wait in _waits)
        {
            await AdvanceAsync(wait - 5);
            await AssertServedAsync(seen);
            await AdvanceAsync(5);
            await AssertServedAsync(seen);
        }

        var asked = await TimesAsync();
        Assert.InRange(asked[^1] - asked[0], TimeSpan.FromMinutes(9.5), TimeSpan.FromMinutes(12));
        Assert.Equal(_waits.Length, asked.Count - opening);
        foreach (var (wait, i) in _waits.Select((wait, i) => (wait, opening + i)))
        {
            Assert.InRange((asked[i] - asked[i - 1]).TotalSeconds, wait - 0.1, wait + 10);
        }

        await _sandbox.MendAsync();
        await AdvanceAsync(60);
        using var back = await _client.AskAsync($"{{Viewer{{a{Guid.NewGuid():n}:id}}}}");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        // Refreshes that failed a moment ago are not tried again before this.
        await AdvanceAsync(31);
        foreach (var question in seen.Keys)
        {
            await Eventually.BecomesAsync(true, () => IsFreshAsync(question));
        }
    }

    /// <summary>Of each kind that is old after 45 minutes: given out while it is refreshed, or only while AniList is away.</summary>
    private static string[] Questions() =>
        [
            "/api/v1/anime/21",
            "/api/v1/anime?ids=21",
            $"{{Media(id:21){{t{Guid.NewGuid():n}:id status}}}}",
            $"{{Page(perPage:3){{s{Guid.NewGuid():n}:media(search:\"bebop\"){{id title{{romaji}}}}}}}}",
            $"{{User(name:\"rin\"){{u{Guid.NewGuid():n}:id name}}}}",
            .. Enumerable.Range(0, 10).Select(_ => GraphQLCalls.NewThreads()),
        ];

    private Task<HttpResponseMessage> AskAsync(string question) =>
        question[0] == '/' ? _client.GetAsync(question, Cancellation) : _client.AskAsync(question);

    /// <summary>Asks until it is known that AniList is away.</summary>
    private async Task OpenAsync()
    {
        var asked = -1;
        for (var count = 0; count > asked; count = (await _sandbox.JournalAsync()).Count)
        {
            asked = count;
            using var refused = await _client.AskAsync(GraphQLCalls.NewThreads());
            await refused.ProblemAsync(503, "anilist-unavailable");
        }
    }

    /// <summary>All of them at once, and what nobody has asked before.</summary>
    private async Task AssertServedAsync(Dictionary<string, string> seen)
    {
        var unseen = new[] { GraphQLCalls.NewThreads(), $"{{Viewer{{a{Guid.NewGuid():n}:id}}}}" };
        var refusals = unseen.Select(AskAsync).ToList();
        await Task.WhenAll(
            seen.Select(async pair =>
            {
                using var answer = await AskAsync(pair.Key);
                Assert.Equal((HttpStatusCode.OK, "stale"), (answer.StatusCode, answer.Source()));
                Assert.InRange(answer.Headers.Age!.Value, TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(60));
                Assert.Equal(pair.Value, await answer.Content.ReadAsStringAsync(Cancellation));
            })
        );
        foreach (var refused in await Task.WhenAll(refusals))
        {
            await refused.ProblemAsync(503, "anilist-unavailable");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
            refused.Dispose();
        }
    }

    private async Task<bool> IsFreshAsync(string question)
    {
        using var answer = await AskAsync(question);
        return answer.IsSuccessStatusCode && answer.Source() != "stale";
    }

    private async Task<IReadOnlyList<DateTimeOffset>> TimesAsync() =>
        [.. (await _sandbox.JournalAsync()).Select(request => request.GetProperty("at").GetDateTimeOffset())];

    private async Task AdvanceAsync(int seconds)
    {
        using var moved = await _sandbox.SendAsync(HttpMethod.Post, "clock/advance", new { seconds });
        moved.EnsureSuccessStatusCode();
        await _app.Service.AdvanceAsync(TimeSpan.FromSeconds(seconds));
    }
}
