using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Community;

public sealed class ForumTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Comments_answer_each_other_in_a_tree()
    {
        var thread = await ThreadAsync("search: \"Fullmetal\"");
        var id = thread.GetProperty("id").GetInt32();
        var top = await CommentsAsync($"threadId: {id}, sort: ID");
        var first = top.First();

        var token = await sandbox.TokenOfAsync("solo");
        var answer = (
            await sandbox.DataAsync(
                "mutation ($thread: Int, $parent: Int) { SaveThreadComment(threadId: $thread, parentCommentId: $parent, comment: \"And the films?\") { id comment } }",
                new { thread = id, parent = first.GetProperty("id").GetInt32() },
                token
            )
        ).GetProperty("SaveThreadComment");
        var children = (await CommentsAsync($"id: {first.GetProperty("id")}")).Single().GetProperty("childComments");
        var after = await ThreadAsync("search: \"Fullmetal\"");

        Assert.Equal(2, top.Count);
        Assert.Equal(2, children.GetArrayLength());
        Assert.Equal(answer.GetProperty("id").GetInt32(), children[1].GetProperty("id").GetInt32());
        Assert.Equal("solo", children[1].GetProperty("user").GetProperty("name").GetString());
        Assert.Equal(thread.GetProperty("replyCount").GetInt32() + 1, after.GetProperty("replyCount").GetInt32());
        Assert.Equal("solo", after.GetProperty("replyUser").GetProperty("name").GetString());

        await sandbox.DataAsync(
            "mutation ($id: Int) { DeleteThreadComment(id: $id) { deleted } }",
            new { id = answer.GetProperty("id").GetInt32() },
            token
        );
        Assert.Equal(
            1,
            (await CommentsAsync($"id: {first.GetProperty("id")}"))
                .Single()
                .GetProperty("childComments")
                .GetArrayLength()
        );
    }

    [Theory]
    [InlineData("categoryId: 5", 1)]
    [InlineData("mediaCategoryId: 5114", 1)]
    [InlineData("search: \"spoilers\"", 1)]
    [InlineData("userId: 5300102", 2)]
    [InlineData("replyUserId: 5300101", 1)]
    [InlineData("search: \"nothing like it\"", 0)]
    public async Task Threads_are_found_by_what_they_are_about(string arguments, int expected)
    {
        var data = await sandbox.DataAsync($"{{ Page {{ threads({arguments}) {{ id }} }} }}");

        Assert.Equal(expected, data.GetProperty("Page").GetProperty("threads").GetArrayLength());
    }

    [Fact]
    public async Task Sticky_threads_come_first_and_views_count()
    {
        var data = await sandbox.DataAsync(
            "{ Page { sticky: threads(sort: [IS_STICKY, ID]) { isSticky } } views: Page { threads(sort: [VIEW_COUNT]) { viewCount } } }"
        );
        var views = data.GetProperty("views")
            .GetProperty("threads")
            .EnumerateArray()
            .Select(thread => thread.GetProperty("viewCount").GetInt32())
            .ToList();

        Assert.True(data.GetProperty("Page").GetProperty("sticky")[0].GetProperty("isSticky").GetBoolean());
        Assert.Equal(views.Order(), views);
    }

    [Fact]
    public async Task A_subscription_is_the_viewers_own()
    {
        var token = await sandbox.TokenOfAsync("mika");
        var id = (await ThreadAsync("search: \"Fullmetal\"")).GetProperty("id").GetInt32();
        var subscribed = await sandbox.DataAsync(
            "mutation ($id: Int) { ToggleThreadSubscription(threadId: $id, subscribe: true) { isSubscribed } }",
            new { id },
            token
        );
        var own = await sandbox.DataAsync("{ Page { threads(subscribed: true) { id } } }", token: token);
        var others = await sandbox.DataAsync($"{{ Thread(id: {id}) {{ isSubscribed }} }}");

        Assert.True(subscribed.GetProperty("ToggleThreadSubscription").GetProperty("isSubscribed").GetBoolean());
        Assert.Contains(
            id,
            own.GetProperty("Page")
                .GetProperty("threads")
                .EnumerateArray()
                .Select(thread => thread.GetProperty("id").GetInt32())
        );
        Assert.False(others.GetProperty("Thread").GetProperty("isSubscribed").GetBoolean());
    }

    private async Task<JsonElement> ThreadAsync(string arguments) =>
        (
            await sandbox.DataAsync(
                $"{{ Thread({arguments}) {{ id replyCount replyUser {{ name }} mediaCategories {{ id }} }} }}"
            )
        ).GetProperty("Thread");

    private async Task<List<JsonElement>> CommentsAsync(string arguments) =>
        [
            .. (await sandbox.DataAsync($"{{ ThreadComment({arguments}) {{ id comment childComments }} }}"))
                .GetProperty("ThreadComment")
                .EnumerateArray(),
        ];
}
