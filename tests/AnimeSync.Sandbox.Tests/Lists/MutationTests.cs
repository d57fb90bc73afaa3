using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Lists;

public sealed class MutationTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Fields =
        "id mediaId status score(format: POINT_100) progress repeat private notes startedAt { year month day } completedAt { year month day } updatedAt createdAt";

    [Fact]
    public async Task Saving_creates_once_and_then_updates_by_media_or_by_entry()
    {
        var token = await sandbox.TokenOfAsync("empty");
        var created = await SaveAsync("mediaId: 19, status: CURRENT, progress: 3", token);
        var again = await SaveAsync("mediaId: 19, progress: 4", token);
        var byEntry = await SaveAsync($"id: {created.GetProperty("id")}, progress: 5", token);

        Assert.Equal(created.GetProperty("id").GetInt32(), again.GetProperty("id").GetInt32());
        Assert.Equal(created.GetProperty("id").GetInt32(), byEntry.GetProperty("id").GetInt32());
        Assert.Equal(5, byEntry.GetProperty("progress").GetInt32());
        Assert.Equal("CURRENT", byEntry.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_partial_update_changes_nothing_else()
    {
        var token = await sandbox.TokenOfAsync("empty");
        var before = await SaveAsync(
            "mediaId: 30, status: PAUSED, scoreRaw: 73, progress: 9, repeat: 2, private: true, notes: \"n\", startedAt: { year: 2020 }",
            token
        );
        var after = await SaveAsync("mediaId: 30, progress: 10", token);

        Assert.All(
            ["status", "score", "repeat", "private", "notes", "startedAt", "completedAt", "createdAt"],
            member => Assert.True(JsonElement.DeepEquals(before.GetProperty(member), after.GetProperty(member)), member)
        );
        Assert.Equal(10, after.GetProperty("progress").GetInt32());
    }

    [Fact]
    public async Task Notes_can_be_cleared_by_an_explicit_null()
    {
        var token = await sandbox.TokenOfAsync("empty");
        await SaveAsync("mediaId: 33, notes: \"n\"", token);

        Assert.Equal(
            JsonValueKind.Null,
            (await SaveAsync("mediaId: 33, notes: null", token)).GetProperty("notes").ValueKind
        );
    }

    [Fact]
    public async Task A_variable_that_is_not_sent_changes_nothing()
    {
        var token = await sandbox.TokenOfAsync("empty");
        await SaveAsync("mediaId: 121, notes: \"kept\", progress: 7", token);
        var data = await sandbox.DataAsync(
            "mutation ($mediaId: Int, $progress: Int, $notes: String) { SaveMediaListEntry(mediaId: $mediaId, progress: $progress, notes: $notes) { progress notes } }",
            new Dictionary<string, object> { ["mediaId"] = 121 },
            token
        );

        Assert.Equal(7, data.GetProperty("SaveMediaListEntry").GetProperty("progress").GetInt32());
        Assert.Equal("kept", data.GetProperty("SaveMediaListEntry").GetProperty("notes").GetString());
    }

    [Fact]
    public async Task An_entry_created_as_completed_gets_its_last_day_and_no_first()
    {
        var created = await SaveAsync("mediaId: 164, status: COMPLETED", await sandbox.TokenOfAsync("empty"));

        Assert.Equal(JsonValueKind.Number, created.GetProperty("completedAt").GetProperty("day").ValueKind);
        Assert.Equal(JsonValueKind.Null, created.GetProperty("startedAt").GetProperty("year").ValueKind);
    }

    [Theory]
    [InlineData("POINT_100", 87)]
    [InlineData("POINT_10_DECIMAL", 8.7)]
    [InlineData("POINT_10", 7)]
    [InlineData("POINT_5", 4)]
    [InlineData("POINT_3", 2)]
    public async Task A_score_reads_back_in_the_format_it_was_given_in(string format, double score)
    {
        var token = await sandbox.TokenOfAsync("solo");
        await sandbox.DataAsync($"mutation {{ UpdateUser(scoreFormat: {format}) {{ id }} }}", token: token);
        var data = await sandbox.DataAsync(
            "mutation ($score: Float) { SaveMediaListEntry(mediaId: 1, score: $score) { score } }",
            new { score },
            token
        );

        Assert.Equal(score, data.GetProperty("SaveMediaListEntry").GetProperty("score").GetDouble());
    }

    [Theory]
    [InlineData("mediaId: 999999", "mediaId")]
    [InlineData("mediaId: 1, scoreRaw: 101", "scoreRaw")]
    [InlineData("mediaId: 1, progress: -1", "progress")]
    [InlineData("mediaId: 1, repeat: 1001", "repeat")]
    [InlineData("mediaId: 1, startedAt: { year: 2020, month: 13 }", "startedAt")]
    [InlineData("mediaId: 1, completedAt: { day: -1 }", "completedAt")]
    [InlineData("id: 1", "id")]
    [InlineData("progress: 1", "mediaId")]
    public async Task What_AniList_would_not_take_is_a_validation_error(string arguments, string member)
    {
        var (status, body) = await sandbox.RefusalAsync(
            $"mutation {{ SaveMediaListEntry({arguments}) {{ id }} }}",
            token: await sandbox.TokenOfAsync("empty")
        );
        var error = JsonDocument.Parse(body).RootElement.GetProperty("errors")[0];

        Assert.Equal(400, status);
        Assert.Equal("validation", error.GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Array, error.GetProperty("validation").GetProperty(member).ValueKind);
    }

    [Fact]
    public async Task Deleting_takes_the_entry_of_its_owner_and_of_nobody_else()
    {
        var token = await sandbox.TokenOfAsync("empty");
        var id = (await SaveAsync("mediaId: 205", token)).GetProperty("id").GetInt32();
        var delete = $"mutation {{ DeleteMediaListEntry(id: {id}) {{ deleted }} }}";
        var (status, _) = await sandbox.RefusalAsync(delete, token: await sandbox.TokenOfAsync("mika"));
        var data = await sandbox.DataAsync(delete, token: token);

        Assert.Equal(400, status);
        Assert.True(data.GetProperty("DeleteMediaListEntry").GetProperty("deleted").GetBoolean());
        Assert.Equal(404, (await sandbox.RefusalAsync($"{{ MediaList(id: {id}) {{ id }} }}")).Status);
    }

    [Fact]
    public async Task Several_entries_take_one_change_together()
    {
        var token = await sandbox.TokenOfAsync("mika");
        var own = await sandbox.DataAsync("{ Page(perPage: 2) { mediaList(userId: 5300102) { id } } }");
        var ids = own.GetProperty("Page")
            .GetProperty("mediaList")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("id").GetInt32())
            .ToArray();
        var data = await sandbox.DataAsync(
            "mutation ($ids: [Int]) { UpdateMediaListEntries(ids: $ids, priority: 4) { id priority } }",
            new { ids },
            token
        );

        Assert.All(
            data.GetProperty("UpdateMediaListEntries").EnumerateArray(),
            entry => Assert.Equal(4, entry.GetProperty("priority").GetInt32())
        );
    }

    [Fact]
    public async Task A_favourite_flips()
    {
        var token = await sandbox.TokenOfAsync("empty");
        const string Toggle = "mutation { ToggleFavourite(animeId: 1) { anime { nodes { id } } } }";
        var on = await sandbox.DataAsync(Toggle, token: token);
        var isFavourite = await sandbox.DataAsync("{ Media(id: 1) { isFavourite } }", token: token);
        var off = await sandbox.DataAsync(Toggle, token: token);

        Assert.Equal(1, Nodes(on));
        Assert.True(isFavourite.GetProperty("Media").GetProperty("isFavourite").GetBoolean());
        Assert.Equal(0, Nodes(off));
    }

    [Fact]
    public async Task The_account_can_be_changed_as_on_AniList()
    {
        var token = await sandbox.TokenOfAsync("mika");
        await sandbox.DataAsync("mutation { UpdateUser(about: \"changed\") { about } }", token: token);

        Assert.Equal(
            "changed",
            (await sandbox.DataAsync("{ User(name: \"mika\") { about } }"))
                .GetProperty("User")
                .GetProperty("about")
                .GetString()
        );
    }

    private async Task<JsonElement> SaveAsync(string arguments, string token) =>
        (
            await sandbox.DataAsync($"mutation {{ SaveMediaListEntry({arguments}) {{ {Fields} }} }}", token: token)
        ).GetProperty("SaveMediaListEntry");

    private static int Nodes(JsonElement data) =>
        data.GetProperty("ToggleFavourite").GetProperty("anime").GetProperty("nodes").GetArrayLength();
}
