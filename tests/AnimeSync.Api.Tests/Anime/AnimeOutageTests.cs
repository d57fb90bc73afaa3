using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace AnimeSync.Api.Tests.Anime;

/// <summary>A service whose AniList is away or answers nonsense.</summary>
public sealed class AnimeOutageTests : IAsyncLifetime
{
    private const string Good = """{"id":1,"type":"ANIME","title":{"romaji":"Good"},"status":"RELEASING"}""";

    private readonly TestApp _app = new();
    private AniListDouble _aniList = null!;
    private WebApplication _service = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        var signedIn = await _app.SignInAsync();
        _aniList = await AniListDouble.StartAsync();
        _aniList.Titles[1] = Good;
        var settings = _app.ReplicaSettings();
        settings["ANILIST_GRAPHQL_URL"] = _aniList.Address;
        _service = await TestApp.StartReplicaAsync(settings);
        _client = new() { BaseAddress = new($"http://{settings["LISTEN_PUBLIC"]}") };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
        await _aniList.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task While_AniList_is_away_what_is_known_is_told_and_nothing_less()
    {
        using var first = await GetAsync("/1");
        _aniList.Trouble = context =>
            AniListDouble.WriteAsync(
                context,
                403,
                """{"errors":[{"message":"The AniList API has been temporarily disabled due to severe stability issues.","status":403}],"data":null}"""
            );

        using var known = await GetAsync("/1");
        using var unknown = await GetAsync("/2");
        using var part = await GetAsync("?ids=1,2");
        using var whole = await GetAsync("?ids=1");

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal("cache", AnimeTests.Source(known));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        foreach (var refused in new[] { unknown, part })
        {
            await AnimeTests.AssertProblemAsync(refused, 503, "anilist-unavailable");
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.True(refused.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task A_budget_that_is_used_up_is_told_with_the_time_to_wait()
    {
        _aniList.Trouble = context =>
        {
            context.Response.Headers.RetryAfter = "60";
            return AniListDouble.WriteAsync(
                context,
                429,
                """{"errors":[{"message":"Too Many Requests.","status":429}],"data":null}"""
            );
        };

        using var one = await GetAsync("/1");
        using var some = await GetAsync("?ids=1,2,3");

        foreach (var refused in new[] { one, some })
        {
            await AnimeTests.AssertProblemAsync(refused, 503, "anilist-rate-limited");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 65);
        }
    }

    [Theory]
    [InlineData(500, """{"errors":[{"message":"Internal Server Error","status":500}],"data":null}""")]
    [InlineData(400, """{"errors":[{"message":"Invalid token","status":400}],"data":null}""")]
    [InlineData(400, """{"errors":[{"message":"Max query complexity","status":400}],"data":null}""")]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"data":null}""")]
    [InlineData(200, """{"data":{"Media":null}}""")]
    [InlineData(200, """{"data":{"Media":[]}}""")]
    [InlineData(200, """{"data":{"Media":{"id":2,"type":"ANIME"}}}""")]
    [InlineData(200, """{"data":{"Media":{"id":"1","type":"ANIME"}}}""")]
    [InlineData(200, """{"data":{"Media":{"id":1,"type":"NOVEL"}}}""")]
    [InlineData(200, """{"data":{"Media":{"id":1}}}""")]
    public async Task An_answer_that_makes_no_sense_is_AniLists_fault(int status, string body)
    {
        _aniList.Trouble = context => AniListDouble.WriteAsync(context, status, body);

        using var one = await GetAsync("/1");
        using var some = await GetAsync("?ids=1");

        await AnimeTests.AssertProblemAsync(one, 502, "anilist-bad-response");
        await AnimeTests.AssertProblemAsync(some, 502, "anilist-bad-response");
    }

    [Fact]
    public async Task One_title_that_makes_no_sense_is_not_left_out_in_silence()
    {
        _aniList.Titles[2] = """{"id":2,"type":7}""";

        using var list = await GetAsync("?ids=1,2,3");
        using var good = await GetAsync("/1");

        await AnimeTests.AssertProblemAsync(list, 502, "anilist-bad-response");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync(string which) => _client.GetAsync($"/api/v1/anime{which}", Cancellation);
}
