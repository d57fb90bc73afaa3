using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Lists;

/// <summary>Scores, dates, custom lists and advanced scores of single entries.</summary>
public sealed class EntryDetailTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task A_raw_score_is_shown_in_every_format_and_wins_over_a_shown_one()
    {
        var saved = await SaveAsync(
            "empty",
            "mediaId: 1, score: 2, scoreRaw: 76",
            "h: score(format: POINT_100) d: score(format: POINT_10_DECIMAL) t: score(format: POINT_10) f: score(format: POINT_5) s: score(format: POINT_3)"
        );

        Assert.Equal("""{"h":76,"d":7.6,"t":8,"f":4,"s":3}""", saved.GetRawText());
    }

    [Theory]
    [InlineData("POINT_10", 87, 100)]
    [InlineData("POINT_5", 9, 90)]
    [InlineData("POINT_3", 9, 85)]
    [InlineData("POINT_10_DECIMAL", 99.5, 100)]
    public async Task Nothing_is_better_than_the_best(string format, double score, double raw)
    {
        var token = await sandbox.TokenOfAsync("solo");
        await sandbox.DataAsync($"mutation {{ UpdateUser(scoreFormat: {format}) {{ id }} }}", token: token);
        var saved = await SaveAsync(
            "solo",
            FormattableString.Invariant($"mediaId: 6, score: {score}"),
            "score(format: POINT_100)"
        );

        Assert.Equal(raw, saved.GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task Dates_keep_the_parts_they_were_given_and_are_cleared_by_null()
    {
        const string Dates = "startedAt { year month day } completedAt { year month day }";
        var partly = await SaveAsync(
            "empty",
            "mediaId: 6, startedAt: { year: 2020, month: 4 }, completedAt: { year: 2021, month: null, day: null }",
            Dates
        );
        var cleared = await SaveAsync("empty", "mediaId: 6, startedAt: null", Dates);

        Assert.Equal(
            """{"startedAt":{"year":2020,"month":4,"day":null},"completedAt":{"year":2021,"month":null,"day":null}}""",
            partly.GetRawText()
        );
        Assert.Equal("""{"year":null,"month":null,"day":null}""", cleared.GetProperty("startedAt").GetRawText());
        Assert.Equal(2021, cleared.GetProperty("completedAt").GetProperty("year").GetInt32());
    }

    [Fact]
    public async Task Naming_custom_lists_enters_those_leaves_the_others_and_ignores_what_the_user_does_not_have()
    {
        var both = await SaveAsync(
            "haru",
            "mediaId: 19, customLists: [\"Comfort\", \"With friends\", \"?\"]",
            "customLists"
        );
        var one = await SaveAsync("haru", "mediaId: 19, customLists: [\"With friends\"]", "customLists(asArray: true)");
        var kept = await SaveAsync("haru", "mediaId: 19, progress: 1", "customLists");

        Assert.Equal("""{"Comfort":true,"With friends":true}""", both.GetProperty("customLists").GetRawText());
        Assert.Equal(
            """[{"name":"Comfort","enabled":false},{"name":"With friends","enabled":true}]""",
            one.GetProperty("customLists").GetRawText()
        );
        Assert.Equal("""{"Comfort":false,"With friends":true}""", kept.GetProperty("customLists").GetRawText());
    }

    [Fact]
    public async Task A_custom_list_that_is_given_up_does_not_come_back_with_its_entries()
    {
        var token = await sandbox.TokenOfAsync("mika");
        const string Options =
            "mutation ($names: [String]) { UpdateUser(animeListOptions: { customLists: $names }) { id } }";
        await SaveAsync("mika", "mediaId: 30, customLists: [\"Rainy days\"]", "id");
        var before = await SaveAsync("mika", "mediaId: 30", "updatedAt");
        await sandbox.DataAsync(Options, new { names = new[] { "Sunny days" } }, token);
        await sandbox.DataAsync(Options, new { names = new[] { "Rainy days", "Sunny days" } }, token);
        var after = await sandbox.DataAsync("{ MediaList(userName: \"mika\", mediaId: 30) { customLists updatedAt } }");

        Assert.Equal(
            """{"Rainy days":false,"Sunny days":false}""",
            after.GetProperty("MediaList").GetProperty("customLists").GetRawText()
        );
        Assert.Equal(
            before.GetProperty("updatedAt").GetInt32(),
            after.GetProperty("MediaList").GetProperty("updatedAt").GetInt32()
        );
    }

    [Fact]
    public async Task Advanced_scores_are_given_in_the_order_of_the_users_sections_and_read_by_their_names()
    {
        var saved = await SaveAsync("haru", "mediaId: 20, advancedScores: [80, 70.5, 0]", "advancedScores");
        var kept = await SaveAsync("haru", "mediaId: 20, repeat: 1", "advancedScores");

        Assert.Equal(
            """{"Story":80,"Characters":70.5,"Visuals":0,"Audio":0,"Enjoyment":0}""",
            saved.GetProperty("advancedScores").GetRawText()
        );
        Assert.Equal(saved.GetProperty("advancedScores").GetRawText(), kept.GetProperty("advancedScores").GetRawText());
    }

    [Fact]
    public async Task Every_problem_of_a_save_is_told_at_once()
    {
        var (status, body) = await sandbox.RefusalAsync(
            "mutation ($notes: String) { SaveMediaListEntry(mediaId: 1, score: 101, progressVolumes: -1, priority: 256, advancedScores: [101], notes: $notes) { id } }",
            new { notes = new string('n', 6001) },
            await sandbox.TokenOfAsync("empty")
        );
        var error = JsonDocument.Parse(body).RootElement.GetProperty("errors")[0];

        Assert.Equal(400, status);
        Assert.Equal(
            ["advancedScores", "notes", "priority", "progressVolumes", "score"],
            error.GetProperty("validation").EnumerateObject().Select(member => member.Name).Order()
        );
        Assert.Equal(
            "The score may not be greater than 100.",
            error.GetProperty("validation").GetProperty("score")[0].GetString()
        );
    }

    [Fact]
    public async Task Of_several_entries_none_changes_when_one_is_somebody_elses()
    {
        var own = await SaveAsync("empty", "mediaId: 30, progress: 1", "id");
        var foreign = await sandbox.DataAsync("{ MediaList(userName: \"rin\", mediaId: 1) { id } }");
        int[] ids = [own.GetProperty("id").GetInt32(), foreign.GetProperty("MediaList").GetProperty("id").GetInt32()];

        var (status, _) = await sandbox.RefusalAsync(
            "mutation ($ids: [Int]) { UpdateMediaListEntries(ids: $ids, progress: 5) { id } }",
            new { ids },
            await sandbox.TokenOfAsync("empty")
        );
        var after = await sandbox.DataAsync("{ MediaList(userName: \"empty\", mediaId: 30) { progress } }");

        Assert.Equal(400, status);
        Assert.Equal(1, after.GetProperty("MediaList").GetProperty("progress").GetInt32());
    }

    private async Task<JsonElement> SaveAsync(string user, string arguments, string fields) =>
        (
            await sandbox.DataAsync(
                $"mutation {{ SaveMediaListEntry({arguments}) {{ {fields} }} }}",
                token: await sandbox.TokenOfAsync(user)
            )
        ).GetProperty("SaveMediaListEntry");
}
