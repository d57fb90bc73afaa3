using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.AniList;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.Anime;

public sealed class AnimeTests(AnimeApp anime) : IClassFixture<AnimeApp>, IAsyncLifetime
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
    public async Task An_anime_is_told_in_AniLists_words()
    {
        var bebop = await _client.GetFromJsonAsync<JsonElement>("/api/v1/anime/1", Cancellation);

        Assert.Equal(1, bebop.GetProperty("id").GetInt32());
        Assert.Equal(1, bebop.GetProperty("idMal").GetInt32());
        Assert.Equal("Cowboy Bebop", bebop.GetProperty("title").GetProperty("romaji").GetString());
        Assert.Equal("TV", bebop.GetProperty("format").GetString());
        Assert.Equal("FINISHED", bebop.GetProperty("status").GetString());
        Assert.Equal("SPRING", bebop.GetProperty("season").GetString());
        Assert.Equal("1998-04-03", bebop.GetProperty("startDate").GetString());
        Assert.Equal(26, bebop.GetProperty("episodes").GetInt32());
        Assert.Equal("https://anilist.co/anime/1", bebop.GetProperty("siteUrl").GetString());
        Assert.Equal(JsonValueKind.False, bebop.GetProperty("isAdult").ValueKind);
        Assert.Equal(JsonValueKind.Null, bebop.GetProperty("nextAiringEpisode").ValueKind);
        Assert.NotEmpty(bebop.GetProperty("genres").EnumerateArray());
        Assert.NotEmpty(bebop.GetProperty("studios").EnumerateArray());
    }

    [Fact]
    public async Task What_is_airing_tells_when_the_next_episode_comes()
    {
        var airing = await _client.GetFromJsonAsync<JsonElement>("/api/v1/anime/21", Cancellation);

        var next = airing.GetProperty("nextAiringEpisode");
        Assert.True(next.GetProperty("episode").GetInt32() > 1000);
        Assert.Equal(TimeSpan.Zero, next.GetProperty("airingAt").GetDateTimeOffset().Offset);
        Assert.True(next.GetProperty("airingAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_second_reader_is_answered_from_the_cache_with_the_same_bytes()
    {
        using var mika = await anime.App.SignedInClientAsync("mika");
        await anime.ForgetAsync();

        using var first = await _client.GetAsync("/api/v1/anime/5114", Cancellation);
        using var second = await mika.GetAsync("/api/v1/anime/5114", Cancellation);

        Assert.Equal("live", Source(first));
        Assert.Null(first.Headers.Age);
        Assert.Equal("cache", Source(second));
        Assert.NotNull(second.Headers.Age);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(Cancellation),
            await second.Content.ReadAsStringAsync(Cancellation)
        );
        Assert.Equal("application/json; charset=utf-8", second.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache, private", second.Headers.CacheControl!.ToString());
        Assert.Contains("Authorization", second.Headers.Vary);
        Assert.Equal(1, await anime.AskedAsync());
    }

    [Fact]
    public async Task The_same_question_through_GraphQL_has_the_same_cache_entry()
    {
        var query = new { query = Documents.Anime, variables = new { id = 9253 } };

        using var asked = await _client.PostAsJsonAsync("/graphql", query, Cancellation);
        using var answer = await _client.GetAsync("/api/v1/anime/9253", Cancellation);

        Assert.Equal("live", Source(asked));
        Assert.Equal("cache", Source(answer));
        Assert.Equal(1, await anime.AskedAsync());
    }

    [Fact]
    public async Task An_old_answer_is_given_at_once_while_AniList_is_asked_again()
    {
        const int running = 21;
        using var read = await _client.GetAsync($"/api/v1/anime/{running}", Cancellation);
        await anime.AdvanceAsync(TimeSpan.FromMinutes(11));
        using var later = await anime.App.SignedInClientAsync();
        await anime.ForgetAsync();

        using var stale = await later.GetAsync($"/api/v1/anime/{running}", Cancellation);

        Assert.Equal("stale", Source(stale));
        Assert.True(stale.Headers.Age >= TimeSpan.FromMinutes(11));
        await Eventually.BecomesAsync(
            "cache",
            async () =>
            {
                using var fresh = await later.GetAsync($"/api/v1/anime/{running}", Cancellation);
                return Source(fresh);
            }
        );
        Assert.Equal(1, await anime.AskedAsync());
    }

    [Fact]
    public async Task What_a_client_still_holds_is_not_sent_again()
    {
        using var first = await _client.GetAsync("/api/v1/anime/20464", Cancellation);
        using var list = await _client.GetAsync("/api/v1/anime?ids=20464", Cancellation);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);

        foreach (var (path, tag) in new[] { ("/20464", first.Headers.ETag!), ("?ids=20464", list.Headers.ETag!) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/anime{path}");
            request.Headers.IfNoneMatch.Add(tag);
            using var again = await _client.SendAsync(request, Cancellation);

            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(tag, again.Headers.ETag);
            Assert.Equal("no-cache, private", again.Headers.CacheControl!.ToString());
            Assert.Equal("cache", Source(again));
        }

        Assert.NotEqual(first.Headers.ETag, list.Headers.ETag);
    }

    [Fact]
    public async Task Titles_that_several_people_want_at_once_go_together()
    {
        var ids = (await anime.IdsAsync(4))[..10];
        var clients = new List<HttpClient>();
        for (var user = 0; user < ids.Length; user++)
        {
            clients.Add(await anime.NewUserAsync($"reader{user}"));
            using var warm = await clients[^1].GetAsync("/api/v1/me", Cancellation);
        }

        await anime.ForgetAsync();
        var answers = await Task.WhenAll(
            ids.Zip(clients, (id, client) => client.GetFromJsonAsync<JsonElement>($"/api/v1/anime/{id}", Cancellation))
        );

        Assert.Equal(ids, answers.Select(answer => answer.GetProperty("id").GetInt32()));
        // On a busy machine not everybody comes within the moment that the first one waits for company.
        Assert.InRange(await anime.AskedAsync(), 1, ids.Length / 2);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing()
    {
        using var stranger = anime.App.CreateClient();

        using var one = await stranger.GetAsync("/api/v1/anime/1", Cancellation);
        using var some = await stranger.GetAsync("/api/v1/anime?ids=1", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, one.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, some.StatusCode);
        Assert.Equal(0, await anime.AskedAsync());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    [InlineData("%C0%AE")]
    [InlineData("1/2")]
    public async Task What_is_no_id_is_not_found_and_nobody_is_asked(string id)
    {
        using var answer = await _client.GetAsync($"/api/v1/anime/{id}", Cancellation);

        await AssertProblemAsync(answer, 404, "not-found");
        Assert.Equal(0, await anime.AskedAsync());
    }

    [Fact]
    public async Task What_AniList_does_not_have_or_has_as_manga_is_not_found()
    {
        var manga = (await anime.IdsAsync(1, "MANGA"))[0];

        foreach (var id in new[] { manga, 999_999_999, int.MaxValue })
        {
            using var answer = await _client.GetAsync($"/api/v1/anime/{id}", Cancellation);

            await AssertProblemAsync(answer, 404, "not-found");
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task The_description_tells_what_every_field_is()
    {
        var description = await _client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);

        var paths = description.GetProperty("paths");
        var one = paths.GetProperty("/api/v1/anime/{id}").GetProperty("get");
        var list = paths.GetProperty("/api/v1/anime").GetProperty("get");
        Assert.Equal("#/components/schemas/AnimeResponse", Schema(one));
        Assert.Equal("#/components/schemas/AnimeList", Schema(list));
        Assert.Equal(
            ["200", "304", "401", "404", "429", "502", "503", "504"],
            one.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order()
        );
        var ids = Assert.Single(list.GetProperty("parameters").EnumerateArray());
        Assert.Equal("ids", ids.GetProperty("name").GetString());
        Assert.NotEmpty(ids.GetProperty("description").GetString()!);
        Assert.True(ids.GetProperty("required").GetBoolean());
        Assert.False(ids.GetProperty("explode").GetBoolean());
        Assert.Equal(50, ids.GetProperty("schema").GetProperty("maxItems").GetInt32());
        var fields = description.GetProperty("components").GetProperty("schemas").GetProperty("AnimeResponse");
        Assert.Contains("HTML", fields.GetProperty("properties").GetProperty("description").ToString());
    }

    internal static string? Source(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-AnimeSync-Source", out var values) ? values.Single() : null;

    internal static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, int status, string slug)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal($"/problems/{slug}", body.GetProperty("type").GetString());
        return body;
    }

    private static string? Schema(JsonElement operation) =>
        operation
            .GetProperty("responses")
            .GetProperty("200")
            .GetProperty("content")
            .GetProperty("application/json")
            .GetProperty("schema")
            .GetProperty("$ref")
            .GetString();
}
