using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.GraphQLProxy;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace AnimeSync.Api.Tests.Anime;

/// <summary>An AniList that gives more than was asked for, the same twice, or pages without end.</summary>
public sealed class ExcessiveAnswerTests : IAsyncLifetime
{
    private const string Endless = "\"pageInfo\":{\"total\":2147483647,\"lastPage\":2147483647,\"hasNextPage\":true}";

    private readonly TestApp _app = new();
    private AniListDouble _aniList = null!;
    private WebApplication _service = null!;
    private HttpClient _client = null!;
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Pages =>
        new()
        {
            { "a hundred thousand", string.Join(',', Enumerable.Range(1, 100_000).Select(id => $"{{\"id\":{id}}}")) },
            { "one and the same", string.Join(',', Enumerable.Repeat("{\"id\":1,\"id\":1}", 100_000)) },
            { "nobody", "" },
        };

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        var signedIn = await _app.SignInAsync();
        _aniList = await AniListDouble.StartAsync();
        var settings = _app.ReplicaSettings();
        settings["ANILIST_GRAPHQL_URL"] = _aniList.Address;
        // What this AniList says must not be anybody else's.
        settings["REDIS_URL"] = null;
        _service = await TestApp.StartReplicaAsync(settings);
        _client = new() { BaseAddress = new(_service.Urls.First()) };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
        await _aniList.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_comes_back_as_it_is_and_is_never_turned(string what, string items)
    {
        var body = $"{{\"data\":{{\"Page\":{{{Endless},\"media\":[{items}]}}}}}}";
        Answer(body);

        using var live = await _client.AskAsync("{Page{pageInfo{hasNextPage}media{id}}}");
        using var kept = await _client.AskAsync("{Page{pageInfo{hasNextPage}media{id}}}");

        Assert.Equal(("live", "cache"), (live.Source(), kept.Source()));
        Assert.True(body == await live.Content.ReadAsStringAsync(Cancellation), what);
        Assert.True(body == await kept.Content.ReadAsStringAsync(Cancellation), what);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Who_turns_pages_without_end_gets_to_the_last_one_that_AniList_has_and_no_further()
    {
        Answer($"{{\"data\":{{\"Page\":{{{Endless},\"media\":[{{\"id\":1}}]}}}}}}");

        for (var page = 4_997; page <= 5_000; page++)
        {
            using var answer = await TurnAsync(page);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        foreach (var page in new[] { 5_001, 5_002, int.MaxValue })
        {
            using var literal = await _client.AskAsync($"{{Page(page:{page}){{media{{id}}}}}}");
            using var variable = await TurnAsync(page);
            await literal.ProblemAsync(400, "graphql-rejected");
            await variable.ProblemAsync(400, "graphql-rejected");
        }

        Assert.Equal(4, _asked);
    }

    [Theory]
    [InlineData("\"media\":[ITEMS]")]
    [InlineData("\"media\":[ITEMS],\"pageInfo\":{\"hasNextPage\":true}")]
    public async Task Of_a_page_with_far_too_much_each_title_is_taken_once(string page)
    {
        string[] strangers =
        [
            "null",
            "7",
            "[]",
            "{}",
            "{\"id\":1}",
            "{\"animesync_id\":\"1\",\"id\":1}",
            "{\"animesync_id\":1e308,\"id\":1}",
            "{\"animesync_id\":77,\"id\":77,\"type\":\"ANIME\"}",
        ];
        var items = Enumerable
            .Range(0, 100_000)
            .Select(i => i % 10 < 2 ? TitleOf(1 + i % 10) : strangers[i % strangers.Length]);
        Answer($"{{\"data\":{{\"m0\":{{{page.Replace("ITEMS", string.Join(',', items))}}}}}}}");

        Assert.Equal([2, 1], await ListAsync("2,1,3"));
        Assert.Equal([1], await ListAsync("1"));
        // A title that the page does not have is not there; the others are kept.
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_page_of_another_shape_costs_one_more_question_for_each_title_and_no_more()
    {
        _aniList.Trouble = async context =>
        {
            Interlocked.Increment(ref _asked);
            using var asked = await JsonDocument.ParseAsync(context.Request.Body);
            await (
                asked.RootElement.TryGetProperty("variables", out var variables)
                    ? AniListDouble.WriteAsync(
                        context,
                        200,
                        $"{{\"data\":{{\"Media\":{TitleOf(variables.GetProperty("id").GetInt32(), marked: false)}}}}}"
                    )
                    : AniListDouble.WriteAsync(context, 200, $"{{\"data\":{{\"m0\":{{{Endless},\"media\":[]}}}}}}")
            );
        };

        Assert.Equal([1, 2, 3, 4], await ListAsync("1,2,3,4"));
        Assert.Equal(1 + 4, _asked);
    }

    private static string TitleOf(int id, bool marked = true) =>
        $"{{{(marked ? $"\"animesync_id\":{id}," : "")}\"id\":{id},\"type\":\"ANIME\",\"title\":{{\"romaji\":\"A\"}}}}";

    private void Answer(string body) =>
        _aniList.Trouble = context =>
        {
            Interlocked.Increment(ref _asked);
            return AniListDouble.WriteAsync(context, 200, body);
        };

    private Task<HttpResponseMessage> TurnAsync(int page) =>
        _client.PostAsJsonAsync(
            "/graphql",
            new
            {
                query = "query($p:Int){Page(page:$p){pageInfo{hasNextPage}media{id}}}",
                variables = new { p = page },
            },
            Cancellation
        );

    private async Task<IEnumerable<int>> ListAsync(string ids)
    {
        var list = await _client.GetFromJsonAsync<JsonElement>($"/api/v1/anime?ids={ids}", Cancellation);
        return list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32());
    }
}
