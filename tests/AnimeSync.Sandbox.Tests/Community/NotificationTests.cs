using System.Text.Json;
using AnimeSync.Sandbox.Community;

namespace AnimeSync.Sandbox.Tests.Community;

public sealed class NotificationTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Every_kind_but_airings_awaits_rin_from_the_start()
    {
        var kinds = await KindsAsync("perPage: 50", "", await sandbox.TokenOfAsync("rin"));

        Assert.Equal(
            NotificationKind.All.Select(kind => kind.TypeName).Order().Except(["AiringNotification"]),
            kinds.Distinct().Order().Except(["AiringNotification"])
        );
    }

    [Fact]
    public async Task The_last_four_weeks_of_what_airs_on_a_list_are_told()
    {
        var data = await sandbox.DataAsync(
            "{ Page { notifications(type: AIRING) { ... on AiringNotification { id type animeId episode contexts createdAt media { nextAiringEpisode { episode } } } } } }",
            token: await sandbox.TokenOfAsync("mika")
        );
        var told = data.GetProperty("Page").GetProperty("notifications").EnumerateArray().ToList();
        var next = told[0].GetProperty("media").GetProperty("nextAiringEpisode").GetProperty("episode").GetInt32();

        Assert.Equal(
            [next - 1, next - 2, next - 3, next - 4],
            told.Select(notification => notification.GetProperty("episode").GetInt32())
        );
        Assert.All(told, notification => Assert.Equal(21, notification.GetProperty("animeId").GetInt32()));
        Assert.Equal("""["Episode "," of "," aired."]""", told[0].GetProperty("contexts").GetRawText());
    }

    [Fact]
    public async Task Reading_with_a_reset_zeroes_the_count()
    {
        const string Count = "{ Viewer { unreadNotificationCount } User(id: 5300102) { unreadNotificationCount } }";
        var token = await sandbox.TokenOfAsync("mika");
        var before = await sandbox.DataAsync(Count, token: token);
        await KindsAsync("", "(type_in: [FOLLOWING])", token);
        var afterReading = await sandbox.DataAsync(Count, token: token);
        await KindsAsync("", "(resetNotificationCount: true)", token);
        var afterReset = await sandbox.DataAsync(Count, token: token);

        Assert.True(Unread(before) > 0);
        Assert.Equal(Unread(before), Unread(afterReading));
        Assert.Equal(0, Unread(afterReset));
        Assert.Equal(
            JsonValueKind.Null,
            (await sandbox.DataAsync(Count.Replace("Viewer { unreadNotificationCount } ", "")))
                .GetProperty("User")
                .GetProperty("unreadNotificationCount")
                .ValueKind
        );
    }

    [Fact]
    public async Task A_like_is_told_once_and_names_who_and_what()
    {
        var solo = await sandbox.TokenOfAsync("solo");
        var rin = await sandbox.TokenOfAsync("rin");
        var id = (await sandbox.DataAsync("mutation { SaveTextActivity(text: \"Like me\") { id } }", token: solo))
            .GetProperty("SaveTextActivity")
            .GetProperty("id");
        for (var i = 0; i < 3; i++)
        {
            await sandbox.DataAsync($"mutation {{ ToggleLike(id: {id}, type: ACTIVITY) {{ id }} }}", token: rin);
        }

        var data = await sandbox.DataAsync(
            "{ Page { notifications(type: ACTIVITY_LIKE) { ... on ActivityLikeNotification { activityId context user { name } activity { ... on TextActivity { text } } } } } }",
            token: solo
        );
        var told = Assert.Single(
            data.GetProperty("Page").GetProperty("notifications").EnumerateArray(),
            found => found.GetProperty("activityId").GetInt32() == id.GetInt32()
        );

        Assert.Equal(id.GetInt32(), told.GetProperty("activityId").GetInt32());
        Assert.Equal("rin", told.GetProperty("user").GetProperty("name").GetString());
        Assert.Equal("Like me", told.GetProperty("activity").GetProperty("text").GetString());
        Assert.Equal(" liked your activity.", told.GetProperty("context").GetString());
    }

    [Fact]
    public async Task A_mention_is_told_and_what_is_removed_is_told_no_more()
    {
        var rin = await sandbox.TokenOfAsync("rin");
        var empty = await sandbox.TokenOfAsync("empty");
        var id = (await sandbox.DataAsync("mutation { SaveTextActivity(text: \"Hello @empty\") { id } }", token: rin))
            .GetProperty("SaveTextActivity")
            .GetProperty("id");
        var told = await KindsAsync("", "", empty);
        await sandbox.DataAsync($"mutation {{ DeleteActivity(id: {id}) {{ deleted }} }}", token: rin);

        Assert.Contains("ActivityMentionNotification", told);
        Assert.DoesNotContain("ActivityMentionNotification", await KindsAsync("", "", empty));
    }

    [Fact]
    public async Task Nobody_reads_notifications_without_a_token() =>
        Assert.Equal(401, (await sandbox.RefusalAsync("{ Page { notifications { __typename } } }")).Status);

    private static int Unread(JsonElement data) =>
        data.GetProperty("Viewer").GetProperty("unreadNotificationCount").GetInt32();

    private async Task<List<string>> KindsAsync(string page, string arguments, string token)
    {
        var data = await sandbox.DataAsync(
            $"{{ Page{(page.Length > 0 ? $"({page})" : "")} {{ notifications{arguments} {{ __typename }} }} }}",
            token: token
        );
        return
        [
            .. data.GetProperty("Page")
                .GetProperty("notifications")
                .EnumerateArray()
                .Select(notification => notification.GetProperty("__typename").GetString()!),
        ];
    }
}
