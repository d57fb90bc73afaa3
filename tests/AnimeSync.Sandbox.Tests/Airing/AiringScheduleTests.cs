using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Airing;

public sealed class AiringScheduleTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const int Week = 7 * 24 * 3600;
    private const int Day = 24 * 3600;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task A_series_without_an_end_airs_its_next_episode_within_a_week_in_its_slot()
    {
        var data = await sandbox.DataAsync(
            "{ Media(id: 21) { nextAiringEpisode { id episode airingAt timeUntilAiring mediaId media { id } } } }"
        );
        var next = data.GetProperty("Media").GetProperty("nextAiringEpisode");
        var airing = DateTimeOffset.FromUnixTimeSeconds(next.GetProperty("airingAt").GetInt64());

        Assert.InRange(next.GetProperty("timeUntilAiring").GetInt32(), 0, Week);
        Assert.True(next.GetProperty("episode").GetInt32() > 1155);
        Assert.Equal((DayOfWeek.Sunday, 14, 15), (airing.DayOfWeek, airing.Hour, airing.Minute));
        Assert.Equal(21, next.GetProperty("media").GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_finished_series_aired_from_its_first_day_to_its_last_one_episode_after_the_other()
    {
        var airings = new List<JsonElement>();
        for (var (page, more) = (1, true); more; page++)
        {
            var schedule = (
                await sandbox.DataAsync(
                    "query($page: Int) { Media(id: 5114) { airingSchedule(page: $page) { nodes { id episode airingAt mediaId } pageInfo { total perPage currentPage hasNextPage } } } }",
                    new { page }
                )
            )
                .GetProperty("Media")
                .GetProperty("airingSchedule");
            airings.AddRange(schedule.GetProperty("nodes").EnumerateArray());
            more = schedule.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
            Assert.Equal(25, schedule.GetProperty("pageInfo").GetProperty("perPage").GetInt32());
            Assert.Equal(page, schedule.GetProperty("pageInfo").GetProperty("currentPage").GetInt32());
        }

        Assert.Equal(Enumerable.Range(1, 64), airings.Select(Episode));
        Assert.Equal("2009-04-05", $"{DateTimeOffset.FromUnixTimeSeconds(At(airings[0])):yyyy-MM-dd}");
        Assert.Equal("2010-07-04", $"{DateTimeOffset.FromUnixTimeSeconds(At(airings[^1])):yyyy-MM-dd}");
        Assert.All(
            airings.Zip(airings.Skip(1)),
            pair =>
            {
                Assert.True(At(pair.First) < At(pair.Second));
                Assert.Equal(0, (At(pair.Second) - At(pair.First)) % Week);
            }
        );
        Assert.Equal(64, airings.Select(airing => airing.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Theory]
    [InlineData("notYetAired: true", true)]
    [InlineData("notYetAired: false", false)]
    public async Task A_titles_schedule_can_be_cut_at_now(string argument, bool ahead)
    {
        var data = await sandbox.DataAsync(
            $"{{ Media(id: 235) {{ airingSchedule({argument}, perPage: 3) {{ nodes {{ airingAt timeUntilAiring }} }} }} }}"
        );
        var nodes = data.GetProperty("Media").GetProperty("airingSchedule").GetProperty("nodes").EnumerateArray();

        Assert.Equal(3, nodes.Count());
        Assert.All(nodes, node => Assert.Equal(ahead, node.GetProperty("timeUntilAiring").GetInt32() > 0));
    }

    [Fact]
    public async Task The_weeks_schedule_is_in_order_within_its_window_and_the_same_as_each_titles_own()
    {
        var (from, to) = (Now, Now + Day);
        var data = await sandbox.DataAsync(
            """
            query($from: Int, $to: Int) { Page { pageInfo { total } airingSchedules(airingAt_greater: $from, airingAt_lesser: $to, sort: TIME) {
              id episode airingAt mediaId media { id isAdult status nextAiringEpisode { id } }
            } } }
            """,
            new { from, to }
        );
        var airings = data.GetProperty("Page").GetProperty("airingSchedules").EnumerateArray().ToList();

        Assert.NotEmpty(airings);
        Assert.Equal(airings.Select(At).Order(), airings.Select(At));
        Assert.All(airings, airing => Assert.InRange(At(airing), from + 1, to - 1));
        // A title that airs twice within the window has its first airing as the next one.
        Assert.All(
            airings.DistinctBy(MediaId),
            airing =>
                Assert.Equal(
                    airing.GetProperty("id").GetInt32(),
                    airing.GetProperty("media").GetProperty("nextAiringEpisode").GetProperty("id").GetInt32()
                )
        );
    }

    [Fact]
    public async Task A_schedule_can_be_asked_for_one_title_and_in_any_order()
    {
        const string Query =
            "query($sort: [AiringSort]) { Page { airingSchedules(mediaId: 1, sort: $sort) { episode airingAt } } }";
        async Task<List<int>> EpisodesAsync(string sort) =>
            [
                .. (await sandbox.DataAsync(Query, new { sort = new[] { sort } }))
                    .GetProperty("Page")
                    .GetProperty("airingSchedules")
                    .EnumerateArray()
                    .Select(Episode),
            ];

        Assert.Equal(Enumerable.Range(1, 26), await EpisodesAsync("EPISODE"));
        Assert.Equal(Enumerable.Range(1, 26).Reverse(), await EpisodesAsync("TIME_DESC"));
        Assert.Equal(Enumerable.Range(1, 26).Reverse(), await EpisodesAsync("ID_DESC"));
    }

    [Fact]
    public async Task One_airing_is_found_by_title_and_episode_and_what_never_airs_is_not_found()
    {
        var data = await sandbox.DataAsync(
            "{ AiringSchedule(mediaId: 1, episode: 26) { episode airingAt media { id } } }"
        );
        Assert.Equal(26, Episode(data.GetProperty("AiringSchedule")));

        Assert.Equal(404, (await sandbox.RefusalAsync("{ AiringSchedule(mediaId: 1, episode: 27) { id } }")).Status);
        Assert.Equal(404, (await sandbox.RefusalAsync("{ AiringSchedule(mediaId: 30002, episode: 1) { id } }")).Status);
        Assert.Equal(404, (await sandbox.RefusalAsync("{ AiringSchedule(mediaId: 424242) { id } }")).Status);
    }

    [Fact]
    public async Task Status_is_what_the_clock_says_of_a_titles_days()
    {
        async Task<List<JsonElement>> AnimeAsync(string status) =>
            [
                .. (
                    await sandbox.DataAsync(
                        "query($status: MediaStatus) { Page { media(type: ANIME, format: TV, status: $status, sort: START_DATE_DESC) { status startDate { year month day } nextAiringEpisode { episode airingAt } } } }",
                        new { status }
                    )
                )
                    .GetProperty("Page")
                    .GetProperty("media")
                    .EnumerateArray(),
            ];
        var (running, coming, over) = (
            await AnimeAsync("RELEASING"),
            await AnimeAsync("NOT_YET_RELEASED"),
            await AnimeAsync("FINISHED")
        );

        Assert.All((IEnumerable<JsonElement>)[.. running, .. coming, .. over], media => Assert.True(IsRight(media)));
        Assert.NotEmpty(running);
        Assert.NotEmpty(over);
    }

    private static bool IsRight(JsonElement media)
    {
        var next = media.GetProperty("nextAiringEpisode");
        return media.GetProperty("status").GetString() switch
        {
            "FINISHED" => next.ValueKind == JsonValueKind.Null,
            "NOT_YET_RELEASED" => Episode(next) == 1,
            _ => At(next) > Now && Episode(next) > 1,
        };
    }

    private static int Episode(JsonElement airing) => airing.GetProperty("episode").GetInt32();

    private static long At(JsonElement airing) => airing.GetProperty("airingAt").GetInt64();

    private static int MediaId(JsonElement airing) => airing.GetProperty("mediaId").GetInt32();
}
