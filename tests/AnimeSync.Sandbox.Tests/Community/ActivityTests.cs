using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Community;

public sealed class ActivityTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string ActivityFields =
        "__typename ... on TextActivity { id text userId isLiked likeCount isSubscribed replyCount replies { text user { name } } likes { name } isPinned } "
        + "... on ListActivity { id status progress userId media { id } } ... on MessageActivity { id message isPrivate messenger { name } recipient { name } }";

    [Fact]
    public async Task A_text_is_written_changed_answered_liked_pinned_and_removed()
    {
        var rin = await sandbox.TokenOfAsync("rin");
        var mika = await sandbox.TokenOfAsync("mika");
        var id = await IdAsync(
            "mutation { SaveTextActivity(text: \"Hello **there**\") { id } }",
            "SaveTextActivity",
            rin
        );
        await sandbox.DataAsync(
            $"mutation {{ SaveTextActivity(id: {id}, text: \"Hello *you*\") {{ id }} }}",
            token: rin
        );
        await sandbox.DataAsync(
            $"mutation {{ SaveActivityReply(activityId: {id}, text: \"Hi\") {{ id }} }}",
            token: mika
        );
        await sandbox.DataAsync($"mutation {{ ToggleLikeV2(id: {id}, type: ACTIVITY) {{ __typename }} }}", token: mika);
        await sandbox.DataAsync(
            $"mutation {{ ToggleActivityPin(id: {id}, pinned: true) {{ __typename }} }}",
            token: rin
        );

        var seen = (
            await sandbox.DataAsync($"{{ Activity(id: {id}) {{ {ActivityFields} }} }}", token: mika)
        ).GetProperty("Activity");
        var pinned = await sandbox.DataAsync(
            "{ Page { activities(userId: 5300101, type: TEXT, sort: [PINNED, ID_DESC]) { ... on TextActivity { id } } } }"
        );
        await sandbox.DataAsync($"mutation {{ DeleteActivity(id: {id}) {{ deleted }} }}", token: rin);
        var (gone, _) = await sandbox.RefusalAsync($"{{ Activity(id: {id}) {{ {ActivityFields} }} }}");

        Assert.Equal("Hello *you*", seen.GetProperty("text").GetString());
        Assert.True(seen.GetProperty("isLiked").GetBoolean());
        Assert.Equal(1, seen.GetProperty("likeCount").GetInt32());
        Assert.Equal("mika", seen.GetProperty("likes")[0].GetProperty("name").GetString());
        Assert.Equal("Hi", seen.GetProperty("replies")[0].GetProperty("text").GetString());
        Assert.Equal(id, pinned.GetProperty("Page").GetProperty("activities")[0].GetProperty("id").GetInt32());
        Assert.Equal(404, gone);
    }

    [Fact]
    public async Task A_private_message_is_seen_by_its_two_ends_only()
    {
        var id = await IdAsync(
            "mutation { SaveMessageActivity(recipientId: 5300102, message: \"Psst\", private: true) { id } }",
            "SaveMessageActivity",
            await sandbox.TokenOfAsync("rin")
        );
        var query = $"{{ Activity(id: {id}) {{ {ActivityFields} }} }}";

        foreach (var user in (string[])["rin", "mika"])
        {
            var seen = await sandbox.DataAsync(query, token: await sandbox.TokenOfAsync(user));
            Assert.Equal("Psst", seen.GetProperty("Activity").GetProperty("message").GetString());
        }

        Assert.Equal(404, (await sandbox.RefusalAsync(query)).Status);
        Assert.Equal(404, (await sandbox.RefusalAsync(query, token: await sandbox.TokenOfAsync("solo"))).Status);
    }

    [Fact]
    public async Task Progress_on_a_list_becomes_one_activity()
    {
        var token = await sandbox.TokenOfAsync("empty");
        foreach (var progress in (int[])[2, 3, 5])
        {
            await sandbox.DataAsync(
                "mutation ($progress: Int) { SaveMediaListEntry(mediaId: 21, status: CURRENT, progress: $progress) { id } }",
                new { progress },
                token
            );
        }

        await sandbox.DataAsync(
            "mutation { SaveMediaListEntry(mediaId: 21, private: true, progress: 9) { id } }",
            token: token
        );
        var data = await sandbox.DataAsync(
            $"{{ Page {{ activities(userId: 5300103, type: MEDIA_LIST) {{ {ActivityFields} }} }} }}"
        );
        var activity = Assert.Single(data.GetProperty("Page").GetProperty("activities").EnumerateArray());

        Assert.Equal("watched episode", activity.GetProperty("status").GetString());
        Assert.Equal("1 - 5", activity.GetProperty("progress").GetString());
        Assert.Equal(21, activity.GetProperty("media").GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Following_decides_what_the_followed_feed_shows()
    {
        var token = await sandbox.TokenOfAsync("solo");
        const string Feed =
            "{ Page { activities(isFollowing: true) { ... on TextActivity { user { name isFollowing } } ... on ListActivity { user { name isFollowing } } } } }";
        const string Toggle = "mutation { ToggleFollow(userId: 5300102) { isFollowing } }";

        var before = await NamesAsync(Feed, token);
        var toggled = (await sandbox.DataAsync(Toggle, token: token)).GetProperty("ToggleFollow");
        var after = await NamesAsync(Feed, token);
        var followers = await sandbox.DataAsync(
            "{ Page { followers(userId: 5300102, sort: USERNAME) { name } pageInfo { total } } }"
        );
        await sandbox.DataAsync(Toggle, token: token);

        Assert.Equal(["rin"], before);
        Assert.True(toggled.GetProperty("isFollowing").GetBoolean());
        Assert.Equal(["mika", "rin"], after);
        Assert.Equal(
            ["rin", "solo"],
            followers
                .GetProperty("Page")
                .GetProperty("followers")
                .EnumerateArray()
                .Select(user => user.GetProperty("name").GetString())
        );
    }

    [Theory]
    [InlineData("type: TEXT", "TextActivity")]
    [InlineData("type: MANGA_LIST", "ListActivity")]
    [InlineData("type_in: [MEDIA_LIST]", "ListActivity")]
    [InlineData("mediaId: 5114", "ListActivity")]
    [InlineData("messengerId: 5300102", "MessageActivity")]
    [InlineData("type_in: [TEXT, MESSAGE], type_not: TEXT", "MessageActivity")]
    public async Task Filters_leave_one_kind(string arguments, string kind)
    {
        var data = await sandbox.DataAsync($"{{ Page {{ activities({arguments}) {{ __typename }} }} }}");
        var kinds = data.GetProperty("Page")
            .GetProperty("activities")
            .EnumerateArray()
            .Select(activity => activity.GetProperty("__typename").GetString());

        Assert.Equal([kind], kinds.Distinct());
    }

    [Theory]
    [InlineData("mutation { SaveTextActivity(text: \"\") { id } }", "text")]
    [InlineData("mutation { SaveMessageActivity(recipientId: 1, message: \"x\") { id } }", "recipientId")]
    [InlineData("mutation { DeleteActivityReply(id: 1) { deleted } }", "id")]
    public async Task What_is_wrong_with_an_activity_is_told_by_argument(string mutation, string argument)
    {
        var (status, body) = await sandbox.RefusalAsync(mutation, token: await sandbox.TokenOfAsync("rin"));

        Assert.Equal(400, status);
        using var answer = JsonDocument.Parse(body);
        Assert.True(
            answer.RootElement.GetProperty("errors")[0].GetProperty("validation").TryGetProperty(argument, out _)
        );
    }

    [Fact]
    public async Task Others_texts_cannot_be_changed()
    {
        var id = await IdAsync(
            "mutation { SaveTextActivity(text: \"Mine\") { id } }",
            "SaveTextActivity",
            await sandbox.TokenOfAsync("rin")
        );
        var mika = await sandbox.TokenOfAsync("mika");

        Assert.Equal(
            400,
            (await sandbox.RefusalAsync($"mutation {{ DeleteActivity(id: {id}) {{ deleted }} }}", token: mika)).Status
        );
        Assert.Equal(
            400,
            (
                await sandbox.RefusalAsync(
                    $"mutation {{ SaveTextActivity(id: {id}, text: \"Yours\") {{ id }} }}",
                    token: mika
                )
            ).Status
        );
    }

    private async Task<int> IdAsync(string mutation, string field, string token) =>
        (await sandbox.DataAsync(mutation, token: token)).GetProperty(field).GetProperty("id").GetInt32();

    private async Task<IEnumerable<string?>> NamesAsync(string query, string token) =>
        (await sandbox.DataAsync(query, token: token))
            .GetProperty("Page")
            .GetProperty("activities")
            .EnumerateArray()
            .Where(activity => activity.TryGetProperty("user", out _))
            .Select(activity => activity.GetProperty("user").GetProperty("name").GetString())
            .Distinct()
            .Order();
}
