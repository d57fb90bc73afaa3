using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Community;

public sealed class StatisticsTests(RealTitlesFixture sandbox) : IClassFixture<RealTitlesFixture>
{
    private const int Day = 24 * 3600;

    [Fact]
    public async Task The_site_counts_what_the_sandbox_has()
    {
        var data = await sandbox.DataAsync(
            """
            { SiteStatistics { anime(sort: DATE_DESC, perPage: 2) { nodes { date count change } } reviews(sort: DATE, perPage: 1) { nodes { date count } } }
              Page(perPage: 1) { media(type: ANIME) { id } pageInfo { total } } }
            """
        );
        var anime = Nodes(data, "anime");
        var total = data.GetProperty("Page").GetProperty("pageInfo").GetProperty("total").GetInt32();

        Assert.Equal(2, anime.Count);
        Assert.Equal(total, anime[0].GetProperty("count").GetInt32());
        Assert.Equal(0, anime[0].GetProperty("change").GetInt32());
        Assert.Equal(Day, anime[0].GetProperty("date").GetInt32() - anime[1].GetProperty("date").GetInt32());
        Assert.True(Nodes(data, "reviews")[0].GetProperty("date").GetInt32() < anime[1].GetProperty("date").GetInt32());
    }

    [Fact]
    public async Task A_trend_tells_how_many_are_watching()
    {
        const string Trend = "{ Media(id: 1535) { popularity trends { nodes { date popularity inProgress } } } }";
        var before = await InProgressAsync(Trend);
        var token = await sandbox.TokenOfAsync("empty");
        await sandbox.DataAsync("mutation { SaveMediaListEntry(mediaId: 1535, status: CURRENT) { id } }", token: token);

        Assert.Equal(before + 1, await InProgressAsync(Trend));
    }

    private async Task<int> InProgressAsync(string query) =>
        (await sandbox.DataAsync(query))
            .GetProperty("Media")
            .GetProperty("trends")
            .GetProperty("nodes")[0]
            .GetProperty("inProgress")
            .GetInt32();

    private static List<JsonElement> Nodes(JsonElement data, string kind) =>
        [.. data.GetProperty("SiteStatistics").GetProperty(kind).GetProperty("nodes").EnumerateArray()];
}
