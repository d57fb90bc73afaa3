using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>AniList answers 429 to a request that carried many people's questions; there are two processes.</summary>
[Trait("Needs", "redis")]
public sealed class SharedPauseTests : IAsyncLifetime
{
    private readonly string _mark = Guid.NewGuid().ToString("n");
    private readonly TestApp _app = new() { Configure = builder => builder.UseShiftedTime() };
    private SandboxControl _sandbox = null!;
    private WebApplication _other = null!;
    private HttpClient[] _here = [];
    private HttpClient[] _there = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A permit every half second: whoever asks meanwhile goes together.
        await _app.StartAsync(
            new Dictionary<string, string?> { ["ANILIST_REQUESTS_PER_MINUTE"] = "120", ["ANILIST_BURST"] = "1" },
            "--per-minute",
            "120"
        );
        _sandbox = new(_app.Sandbox);
        _other = await TestApp.StartReplicaAsync(_app.ReplicaSettings());
        _here = await Task.WhenAll(new[] { "rin", "mika", "solo" }.Select(_app.SignedInClientAsync));
        _there =
        [
            .. _here.Select(client => new HttpClient
            {
                BaseAddress = new(_other.Urls.First()),
                DefaultRequestHeaders = { Authorization = client.DefaultRequestHeaders.Authorization },
            }),
        ];
        await _sandbox.ForgetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _here.Concat(_there))
        {
            client.Dispose();
        }

        _sandbox.Dispose();
        await _other.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_refused_batch_waits_with_everybody_else_and_then_all_are_answered()
    {
        const int Pause = 3;
        await _here[0].DataAsync(Own(1).Single());
        await _sandbox.FaultAsync("rate-limited", retryAfter: Pause);
        await _sandbox.ForgetAsync();
        var batch = Public(0, 30).ToList();
        var refused = batch.Select((query, i) => _here[i % 3].DataAsync(query)).ToList();
        await PausedAsync();

        var later = Public(30, 12).Concat(Own(4)).ToList();
        var waiting = later.Select((query, i) => (i % 2 == 0 ? _here : _there)[i % 3].DataAsync(query)).ToList();
        var answers = await Task.WhenAll(refused.Concat(waiting));

        var journal = await _sandbox.JournalAsync();
        foreach (var (query, answer) in batch.Concat(later).Zip(answers).Where(pair => IsPublic(pair.First)))
        {
            Assert.Equal(await AskAloneAsync(query), answer);
        }

        Assert.True(journal[0].GetProperty("limited").GetBoolean());
        Assert.DoesNotContain(journal.Skip(1), request => request.GetProperty("limited").GetBoolean());
        var began = At(journal[0]);
        Assert.All(journal.Skip(1), request => Assert.True(At(request) - began > TimeSpan.FromSeconds(Pause - 0.1)));
        // The batch again, what came later in each process, and each own question by itself.
        Assert.InRange(journal.Count, 1 + 1 + 4, 1 + 4 + 4);
    }

    [Fact]
    public async Task Nobody_waits_for_a_pause_that_is_too_long_and_what_is_kept_is_told()
    {
        var known = GraphQLCalls.NewThreads();
        var before = await _here[0].DataAsync(known);
        await _app.Service.AdvanceAsync(TimeSpan.FromMinutes(10));
        await _here[0].DataAsync(Own(1).Single());
        await _sandbox.FaultAsync("rate-limited", retryAfter: 300);
        await _sandbox.ForgetAsync();

        var batch = Public(0, 30).Select((query, i) => _here[i % 3].AskAsync(query)).ToList();
        await PausedAsync();
        var later = Public(30, 6)
            .Concat(Own(4))
            .Select((query, i) => (i % 2 == 0 ? _here : _there)[i % 3].AskAsync(query));
        var answers = await Task.WhenAll(batch.Concat(later));
        using var kept = await _here[1].AskAsync(known);

        foreach (var answer in answers)
        {
            await answer.ProblemAsync(503, "anilist-rate-limited");
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 285, 300);
            answer.Dispose();
        }

        Assert.Equal((HttpStatusCode.OK, "stale"), (kept.StatusCode, kept.Source()));
        Assert.True(kept.Headers.Age >= TimeSpan.FromMinutes(10));
        Assert.Equal(before, await kept.Content.ReadAsStringAsync(Cancellation));
        Assert.Single(await _sandbox.JournalAsync());
    }

    /// <summary>Different ones that fold: titles by id, and whatever else.</summary>
    private IEnumerable<string> Public(int from, int count) =>
        Enumerable
            .Range(from, count)
            .Select(i =>
                i % 3 == 0
                    ? $"{{Page(perPage:1){{s{_mark}:media(search:\"bebop {i}\"){{id}}}}}}"
                    : $"{{Media(id:{900_001 + i}){{p{_mark}:id title{{romaji}}}}}}"
            );

    private static IEnumerable<string> Own(int count) =>
        Enumerable.Range(0, count).Select(_ => $"{{Viewer{{o{Guid.NewGuid():n}:id}}}}");

    private static bool IsPublic(string query) => !query.StartsWith("{Viewer", StringComparison.Ordinal);

    /// <summary>When every process can know that AniList has refused a request.</summary>
    private async Task PausedAsync()
    {
        await Eventually.BecomesAsync(1, async () => (await _sandbox.JournalAsync()).Count);
        await Task.Delay(300, Cancellation);
        Assert.Single(await _sandbox.JournalAsync());
    }

    private async Task<string> AskAloneAsync(string query)
    {
        using var direct = new HttpClient { BaseAddress = _app.Sandbox };
        using var answer = await direct.PostAsJsonAsync("/", new { query }, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static DateTimeOffset At(JsonElement request) => request.GetProperty("at").GetDateTimeOffset();
}
