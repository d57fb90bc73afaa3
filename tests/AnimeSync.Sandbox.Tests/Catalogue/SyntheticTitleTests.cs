using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

public sealed class SyntheticTitleTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Everything =
        "id idMal type format status(version: 2) season seasonYear startDate { year month day } endDate { year month day } episodes duration chapters volumes source(version: 3) genres tags { name rank } studios { nodes { name } } averageScore popularity isAdult isLicensed countryOfOrigin title { romaji english native } description siteUrl";

    [Fact]
    public async Task Two_sandboxes_make_the_same_titles()
    {
        await using var other = new SandboxFixture();
        await other.InitializeAsync();
        foreach (var id in (int[])[900001, 900013, 905000, 911553])
        {
            var query = $"{{ Media(id: {id}) {{ {Everything} }} }}";

            Assert.Equal((await sandbox.DataAsync(query)).GetRawText(), (await other.DataAsync(query)).GetRawText());
        }
    }

    [Fact]
    public async Task The_catalogue_is_as_long_as_the_option_says()
    {
        await using var shorter = new SizedSandbox(500);
        await shorter.InitializeAsync();

        Assert.Equal(500, await shorter.CountAsync());
        Assert.Equal(404, (await shorter.RefusalAsync("{ Media(id: 900054) { id } }")).Status);
        Assert.Equal(200, (await shorter.RefusalAsync("{ Media(id: 900053) { id } }")).Status);
    }

    [Fact]
    public async Task The_longest_catalogue_has_twenty_thousand_titles_with_names_of_their_own()
    {
        await using var longest = new SizedSandbox(20_000);
        await longest.InitializeAsync();
        Assert.Equal(200, (await longest.RefusalAsync("{ Media(id: 919553) { id } }")).Status);
        Assert.Equal(404, (await longest.RefusalAsync("{ Media(id: 919554) { id } }")).Status);

        var names = new HashSet<string>();
        foreach (var ids in Enumerable.Range(900_001, 2_000).Chunk(50))
        {
            var data = await longest.DataAsync(
                "query($ids: [Int]) { Page { media(id_in: $ids) { title { romaji } } } }",
                new { ids }
            );
            foreach (var media in data.GetProperty("Page").GetProperty("media").EnumerateArray())
            {
                names.Add(media.GetProperty("title").GetProperty("romaji").GetString()!);
            }
        }

        Assert.Equal(2_000, names.Count);
    }

    [Fact]
    public async Task A_deep_catalogue_tells_no_total_beyond_AniLists_depth_and_refuses_what_lies_deeper()
    {
        var data = await sandbox.DataAsync(
            "{ Page(page: 100, perPage: 50) { pageInfo { total lastPage hasNextPage } media(type: ANIME) { id } } }"
        );
        var info = data.GetProperty("Page").GetProperty("pageInfo");
        var (status, body) = await sandbox.RefusalAsync("{ Page(page: 101, perPage: 50) { media { id } } }");

        Assert.Equal(5000, info.GetProperty("total").GetInt32());
        Assert.Equal(100, info.GetProperty("lastPage").GetInt32());
        Assert.False(info.GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(400, status);
        Assert.Contains("Page depth exceeds maximum", body);
    }

    [Theory]
    [InlineData(99, 50, true, 100)]
    [InlineData(165, 30, true, 166)]
    [InlineData(166, 30, false, 166)]
    [InlineData(5000, 1, false, 5000)]
    public async Task There_is_a_next_page_only_where_it_would_not_be_refused(int page, int size, bool more, int last)
    {
        var info = (
            await sandbox.DataAsync(
                $"{{ Page(page: {page}, perPage: {size}) {{ pageInfo {{ lastPage hasNextPage }} media {{ id }} }} }}"
            )
        )
            .GetProperty("Page")
            .GetProperty("pageInfo");
        var next = await sandbox.RefusalAsync($"{{ Page(page: {page + 1}, perPage: {size}) {{ media {{ id }} }} }}");

        Assert.Equal(more, info.GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(more ? 200 : 400, next.Status);
        Assert.Equal(last, info.GetProperty("lastPage").GetInt32());
    }

    [Fact]
    public async Task Real_titles_come_first_where_popularity_counts()
    {
        var data = await sandbox.DataAsync(
            "{ Page { media(sort: POPULARITY_DESC) { id popularity title { romaji } } } }"
        );
        var media = data.GetProperty("Page").GetProperty("media").EnumerateArray().ToList();

        Assert.All(media, found => Assert.True(found.GetProperty("id").GetInt32() < 900_001));
        Assert.Equal(media.Select(Popularity).OrderDescending(), media.Select(Popularity));
    }

    [Fact]
    public async Task Ids_asked_for_together_come_back_once_and_unknown_ones_not_at_all()
    {
        var data = await sandbox.DataAsync(
            "{ Page { pageInfo { total hasNextPage } media(id_in: [900002, 1, 424242, 1, 900001]) { id } } }"
        );
        var page = data.GetProperty("Page");

        Assert.Equal(
            [1, 900001, 900002],
            page.GetProperty("media").EnumerateArray().Select(media => media.GetProperty("id").GetInt32())
        );
        Assert.Equal(3, page.GetProperty("pageInfo").GetProperty("total").GetInt32());
    }

    private static int Popularity(JsonElement media) => media.GetProperty("popularity").GetInt32();

    private sealed class SizedSandbox(int titles) : SandboxFixture(["--titles", $"{titles}"])
    {
        public async Task<int> CountAsync() =>
            (await DataAsync("{ Page(perPage: 1) { pageInfo { total } media { id } } }"))
                .GetProperty("Page")
                .GetProperty("pageInfo")
                .GetProperty("total")
                .GetInt32();
    }
}
