using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Statistics;

public sealed class StatisticsTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Numbers_are_those_of_the_list()
    {
        var entries = await ListAsync("rin", "ANIME");
        var begun = entries.Where(entry => Text(entry, "status") != "PLANNING").ToList();
        var scores = begun.Select(entry => Number(entry, "score")).Where(score => score > 0).ToList();
        var anime = await ReadAsync(
            "rin",
            "anime",
            "count meanScore standardDeviation minutesWatched episodesWatched chaptersRead"
        );

        Assert.Equal(begun.Count, anime.GetProperty("count").GetInt32());
        Assert.Equal(scores.Average(), anime.GetProperty("meanScore").GetDouble(), 0.005);
        Assert.Equal(
            Math.Sqrt(scores.Average(score => Math.Pow(score - scores.Average(), 2))),
            anime.GetProperty("standardDeviation").GetDouble(),
            0.005
        );
        Assert.Equal(begun.Sum(entry => Number(entry, "progress")), Number(anime, "episodesWatched"));
        Assert.Equal(
            begun.Sum(entry => Number(entry, "progress") * Number(entry.GetProperty("media"), "duration")),
            Number(anime, "minutesWatched")
        );
        Assert.Equal(0, Number(anime, "chaptersRead"));
    }

    [Theory]
    [InlineData("formats", "format")]
    [InlineData("scores", "score")]
    [InlineData("lengths", "length")]
    [InlineData("releaseYears", "releaseYear")]
    [InlineData("startYears", "startYear")]
    [InlineData("genres", "genre")]
    [InlineData("countries", "country")]
    [InlineData("studios", "studio { id name }")]
    public async Task Every_group_counts_its_titles_and_the_largest_comes_first(string field, string label)
    {
        var begun = (await ListAsync("rin", "ANIME"))
            .Where(entry => Text(entry, "status") != "PLANNING")
            .Select(entry => entry.GetProperty("mediaId").GetInt32())
            .ToHashSet();
        var groups = (await ReadAsync("rin", "anime", $"{field} {{ count meanScore minutesWatched mediaIds {label} }}"))
            .GetProperty(field)
            .EnumerateArray()
            .ToList();
        var counts = groups.Select(group => Number(group, "count")).ToList();

        Assert.NotEmpty(groups);
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.All(
            groups,
            group => Assert.Equal(Number(group, "count"), group.GetProperty("mediaIds").GetArrayLength())
        );
        Assert.All(
            groups.SelectMany(group => group.GetProperty("mediaIds").EnumerateArray()),
            id => Assert.Contains(id.GetInt32(), begun)
        );
        Assert.Equal(
            groups.Count,
            groups.Select(group => group.GetProperty(label.Split(' ')[0]).GetRawText()).Distinct().Count()
        );
    }

    [Fact]
    public async Task Statuses_count_planned_titles_too()
    {
        var entries = (await ListAsync("rin", "ANIME")).CountBy(entry => Text(entry, "status")).ToDictionary();
        var statuses = (await ReadAsync("rin", "anime", "statuses { status count }")).GetProperty("statuses");

        Assert.Equal(
            entries.OrderBy(pair => pair.Key),
            statuses
                .EnumerateArray()
                .ToDictionary(group => Text(group, "status"), group => group.GetProperty("count").GetInt32())
                .OrderBy(pair => pair.Key)
        );
    }

    [Fact]
    public async Task Groups_are_sorted_and_cut_as_asked()
    {
        var genres = (await ReadAsync("rin", "anime", "genres(sort: MEAN_SCORE, limit: 3) { meanScore }")).GetProperty(
            "genres"
        );
        var scores = (await ReadAsync("rin", "anime", "scores(sort: ID) { score }")).GetProperty("scores");

        Assert.Equal(3, genres.GetArrayLength());
        Assert.Equal(Values(genres, "meanScore").Order(), Values(genres, "meanScore"));
        Assert.Equal(Values(scores, "score").Order(), Values(scores, "score"));
    }

    [Fact]
    public async Task An_edit_is_counted_at_once()
    {
        var before = await ReadAsync("solo", "anime", "episodesWatched minutesWatched");
        await sandbox.Http.PutAsJsonAsync("/_sandbox/users/solo/list/1", new { progress = 11 });
        var after = await ReadAsync("solo", "anime", "episodesWatched minutesWatched");

        Assert.Equal(11, Number(after, "episodesWatched"));
        Assert.NotEqual(Number(before, "minutesWatched"), Number(after, "minutesWatched"));
    }

    [Fact]
    public async Task Nothing_on_the_list_is_zero_of_everything()
    {
        var anime = await ReadAsync(
            "empty",
            "anime",
            "count meanScore standardDeviation minutesWatched genres { genre }"
        );

        Assert.Equal(
            """{"count":0,"meanScore":0,"standardDeviation":0,"minutesWatched":0,"genres":[]}""",
            anime.GetRawText()
        );
    }

    [Fact]
    public async Task The_deprecated_statistics_agree_with_the_others()
    {
        var data = await sandbox.DataAsync(
            """
            { User(name: "haru") {
              statistics { anime { minutesWatched } manga { chaptersRead volumesRead } }
              stats {
                watchedTime chaptersRead
                animeStatusDistribution { status amount } mangaStatusDistribution { status amount }
                favouredGenres { genre amount meanScore timeWatched } favouredGenresOverview { genre }
                favouredYears { year amount meanScore } favouredFormats { format amount } favouredTags { amount }
              }
            } }
            """
        );
        var stats = data.GetProperty("User").GetProperty("stats");
        var statistics = data.GetProperty("User").GetProperty("statistics");

        Assert.True(Number(stats, "watchedTime") > 0);
        Assert.Equal(Number(statistics.GetProperty("anime"), "minutesWatched"), Number(stats, "watchedTime"));
        Assert.Equal(Number(statistics.GetProperty("manga"), "chaptersRead"), Number(stats, "chaptersRead"));
        Assert.Equal(2_000, Values(stats.GetProperty("animeStatusDistribution"), "amount").Sum());
        Assert.Equal(500, Values(stats.GetProperty("mangaStatusDistribution"), "amount").Sum());
        Assert.Equal(
            stats.GetProperty("favouredGenres").EnumerateArray().Take(6).Select(group => Text(group, "genre")),
            stats.GetProperty("favouredGenresOverview").EnumerateArray().Select(group => Text(group, "genre"))
        );
    }

    private async Task<JsonElement> ReadAsync(string user, string type, string fields) =>
        (await sandbox.DataAsync($"{{ User(name: \"{user}\") {{ statistics {{ {type} {{ {fields} }} }} }} }}"))
            .GetProperty("User")
            .GetProperty("statistics")
            .GetProperty(type);

    private async Task<List<JsonElement>> ListAsync(string user, string type) =>
        [
            .. (
                await sandbox.DataAsync(
                    $"{{ MediaListCollection(userName: \"{user}\", type: {type}) {{ lists {{ entries {{ mediaId status progress score(format: POINT_100) media {{ duration }} }} }} }} }}"
                )
            )
                .GetProperty("MediaListCollection")
                .GetProperty("lists")
                .EnumerateArray()
                .SelectMany(list => list.GetProperty("entries").EnumerateArray()),
        ];

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static double Number(JsonElement element, string member) => element.GetProperty(member).GetDouble();

    private static List<double> Values(JsonElement groups, string member) =>
        [.. groups.EnumerateArray().Select(group => Number(group, member))];
}
