using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace AnimeSync.Api.Tests.Anime;

public sealed class AnimeListTests(AnimeApp anime) : IClassFixture<AnimeApp>, IAsyncLifetime
{
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = await anime.App.SignedInClientAsync();
        await anime.ForgetAsync();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Fifty_are_one_request_and_come_in_the_order_asked()
    {
        var ids = await anime.IdsAsync(2);
        RandomNumberGenerator.Shuffle<int>(ids);
        await anime.ForgetAsync();

        using var answer = await ListAsync(ids);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Equal(50, ids.Length);
        Assert.Equal(ids, IdsOf(body));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("nextCursor").ValueKind);
        Assert.Equal("live", AnimeTests.Source(answer));
        Assert.Equal(1, await anime.AskedAsync());
    }

    [Fact]
    public async Task Only_what_is_not_known_yet_is_asked_for()
    {
        var ids = (await anime.IdsAsync(3))[..20];
        using (await ListAsync(ids[..10]))
        {
            await anime.ForgetAsync();
        }

        using var mixed = await ListAsync(ids);
        var asked = await anime.AskedAsync();
        using var cached = await ListAsync(ids);

        Assert.Equal("cache", AnimeTests.Source(mixed));
        Assert.NotNull(mixed.Headers.Age);
        Assert.Equal(1, asked);
        Assert.Equal(ids, IdsOf(await cached.Content.ReadFromJsonAsync<JsonElement>(Cancellation)));
        Assert.Equal(mixed.Headers.ETag, cached.Headers.ETag);
        Assert.Equal(asked, await anime.AskedAsync());
    }

    [Fact]
    public async Task An_item_is_what_a_single_read_gives()
    {
        using var list = await ListAsync(1);
        using var single = await _client.GetAsync("/api/v1/anime/1", Cancellation);

        Assert.Equal(
            $$"""{"items":[{{await single.Content.ReadAsStringAsync(Cancellation)}}],"nextCursor":null}""",
            await list.Content.ReadAsStringAsync(Cancellation)
        );
        Assert.Equal("cache", AnimeTests.Source(single));
    }

    [Fact]
    public async Task Doubles_collapse_and_what_is_no_anime_is_left_out()
    {
        var manga = (await anime.IdsAsync(1, "MANGA"))[0];

        using var answer = await ListAsync(21, 999_999_999, 1, 21, manga, 1);
        using var none = await ListAsync(999_999_999);

        Assert.Equal([21, 1], IdsOf(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)));
        Assert.Equal("""{"items":[],"nextCursor":null}""", await none.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Fifty_different_ones_may_be_named_more_than_once()
    {
        var ids = await anime.IdsAsync(5);

        using var answer = await ListAsync([.. ids, .. ids]);

        Assert.Equal(ids, IdsOf(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)));
    }

    public static TheoryData<string, string> Bad =>
        new()
        {
            { "", "ids" },
            { "?ids", "ids" },
            { "?ids=", "ids" },
            { "?ids=,", "ids" },
            { "?ids=1,", "ids" },
            { "?ids=,1", "ids" },
            { "?ids=1,,2", "ids" },
            { "?ids=0", "ids" },
            { "?ids=-1", "ids" },
            { "?ids=%2B1", "ids" },
            { "?ids=1.0", "ids" },
            { "?ids=1e3", "ids" },
            { "?ids=0x1", "ids" },
            { "?ids=abc", "ids" },
            { "?ids=1,abc", "ids" },
            { "?ids=1;2", "ids" },
            { "?ids=1%202", "ids" },
            { "?ids=1,%202", "ids" },
            { "?ids=2147483648", "ids" },
            { "?ids=99999999999999999999", "ids" },
            { "?ids=%D9%A1", "ids" },
            { "?ids=[1,2]", "ids" },
            { $"?ids={string.Join(',', Enumerable.Range(1, 51))}", "ids" },
            { "?ids=1&ids=2", "ids" },
            { "?ids=1&IDS=2", "IDS" },
            { "?ids[]=1", "ids[]" },
            { "?id=1", "id" },
            { "?ids=1&page=2", "page" },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_cannot_be_read_is_refused_by_name_and_nobody_is_asked(string query, string parameter)
    {
        using var answer = await _client.GetAsync($"/api/v1/anime{query}", Cancellation);

        var problem = await AnimeTests.AssertProblemAsync(answer, 400, "validation-failed");
        Assert.Equal([parameter], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Equal(0, await anime.AskedAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ids=1,0")]
    [InlineData("?ids=2147483648")]
    public async Task A_refusal_says_what_a_list_of_ids_is(string query)
    {
        using var answer = await _client.GetAsync($"/api/v1/anime{query}", Cancellation);

        var problem = await AnimeTests.AssertProblemAsync(answer, 400, "validation-failed");
        var told = Assert.Single(problem.GetProperty("errors").GetProperty("ids").EnumerateArray());
        Assert.Equal(
            "One to fifty whole numbers from 1 to 2147483647, with commas and nothing else between them.",
            told.GetString()
        );
    }

    [Theory]
    [InlineData("?ids=%zz")]
    [InlineData("?ids=%C0%AE")]
    [InlineData("?ids=%00")]
    public async Task What_is_not_UTF_8_is_malformed(string query)
    {
        using var answer = await _client.GetAsync($"/api/v1/anime{query}", Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Only_GET_is_understood()
    {
        using var answer = await _client.PostAsJsonAsync("/api/v1/anime", new { ids = "1" }, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    private Task<HttpResponseMessage> ListAsync(params int[] ids) =>
        _client.GetAsync($"/api/v1/anime?ids={string.Join(',', ids)}", Cancellation);

    private static IEnumerable<int> IdsOf(JsonElement list) =>
        list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32());
}
