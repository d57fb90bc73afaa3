using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Accounts;

public sealed class AccountTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Everything = """
        about updatedAt donatorBadge
        options {
          titleLanguage displayAdultContent airingNotifications profileColor timezone activityMergeTime
          staffNameLanguage restrictMessagesToFollowing
          notificationOptions { type enabled } disabledListActivity { type disabled }
        }
        mediaListOptions {
          scoreFormat rowOrder
          animeList { sectionOrder splitCompletedSectionByFormat customLists advancedScoring advancedScoringEnabled }
          mangaList { sectionOrder splitCompletedSectionByFormat customLists advancedScoring advancedScoringEnabled }
        }
        """;

    [Theory]
    [InlineData("about: \"a\"", "about", "\"a\"")]
    [InlineData("donatorBadge: \"b\"", "donatorBadge", "\"b\"")]
    [InlineData("titleLanguage: NATIVE", "options.titleLanguage", "\"NATIVE\"")]
    [InlineData("displayAdultContent: true", "options.displayAdultContent", "true")]
    [InlineData("airingNotifications: false", "options.airingNotifications", "false")]
    [InlineData("profileColor: \"pink\"", "options.profileColor", "\"pink\"")]
    [InlineData("timezone: \"-02:30\"", "options.timezone", "\"-02:30\"")]
    [InlineData("activityMergeTime: 0", "options.activityMergeTime", "0")]
    [InlineData("staffNameLanguage: NATIVE", "options.staffNameLanguage", "\"NATIVE\"")]
    [InlineData("restrictMessagesToFollowing: true", "options.restrictMessagesToFollowing", "true")]
    [InlineData("scoreFormat: POINT_3", "mediaListOptions.scoreFormat", "\"POINT_3\"")]
    [InlineData("rowOrder: \"title\"", "mediaListOptions.rowOrder", "\"title\"")]
    [InlineData(
        "animeListOptions: { customLists: [\"x\", \"y\"] }",
        "mediaListOptions.animeList.customLists",
        "[\"x\",\"y\"]"
    )]
    [InlineData(
        "mangaListOptions: { splitCompletedSectionByFormat: true }",
        "mediaListOptions.mangaList.splitCompletedSectionByFormat",
        "true"
    )]
    [InlineData(
        "animeListOptions: { advancedScoring: [\"Plot\"] }",
        "mediaListOptions.animeList.advancedScoring",
        "[\"Plot\"]"
    )]
    public async Task A_setting_is_changed_alone(string argument, string path, string expected)
    {
        await using var own = new SandboxFixture();
        await own.InitializeAsync();
        var token = await own.TokenOfAsync("solo");
        var before = await own.DataAsync($"{{ Viewer {{ {Everything} }} }}", token: token);
        var answer = await own.DataAsync($"mutation {{ UpdateUser({argument}) {{ {Everything} }} }}", token: token);
        var after = await own.DataAsync($"{{ Viewer {{ {Everything} }} }}", token: token);

        Assert.True(JsonElement.DeepEquals(answer.GetProperty("UpdateUser"), after.GetProperty("Viewer")));
        Assert.Equal([path, "updatedAt"], Differences(before.GetProperty("Viewer"), after.GetProperty("Viewer")));
        Assert.Equal(
            expected,
            path.Split('.')
                .Aggregate(after.GetProperty("Viewer"), (found, name) => found.GetProperty(name))
                .GetRawText()
        );
    }

    [Fact]
    public async Task Switches_that_are_not_named_stay_as_they_are()
    {
        var token = await sandbox.TokenOfAsync("haru");
        await UpdateAsync("notificationOptions: [{ type: FOLLOWING, enabled: false }]", token);
        await UpdateAsync(
            "notificationOptions: [{ type: AIRING, enabled: false }, { type: FOLLOWING, enabled: true }]",
            token
        );
        await UpdateAsync("disabledListActivity: [{ type: PLANNING, disabled: true }]", token);
        var viewer = await sandbox.DataAsync(
            "{ Viewer { options { notificationOptions { type enabled } disabledListActivity { type disabled } } } }",
            token: token
        );
        var options = viewer.GetProperty("Viewer").GetProperty("options");

        Assert.Equal(20, options.GetProperty("notificationOptions").GetArrayLength());
        Assert.Equal(["AIRING"], Types(options.GetProperty("notificationOptions"), "enabled", false));
        Assert.Equal(["PLANNING"], Types(options.GetProperty("disabledListActivity"), "disabled", true));
    }

    [Theory]
    [InlineData("activityMergeTime: -1", "activityMergeTime")]
    [InlineData("donatorBadge: \"more than 24 letters long\"", "donatorBadge")]
    [InlineData("timezone: \"Berlin\"", "timezone")]
    public async Task What_no_account_can_be_is_a_validation_error(string argument, string member)
    {
        var (status, body) = await sandbox.RefusalAsync(
            $"mutation {{ UpdateUser({argument}) {{ id }} }}",
            token: await sandbox.TokenOfAsync("solo")
        );
        var error = JsonDocument.Parse(body).RootElement.GetProperty("errors")[0];

        Assert.Equal(400, status);
        Assert.Equal(member, Assert.Single(error.GetProperty("validation").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Only_the_owner_sees_the_time_zone()
    {
        const string Zone = "{ User(name: \"solo\") { options { timezone } } }";
        var token = await sandbox.TokenOfAsync("solo");
        await UpdateAsync("timezone: \"09:00\"", token);

        Assert.Contains("09:00", (await sandbox.DataAsync(Zone, token: token)).GetRawText());
        Assert.DoesNotContain("09:00", (await sandbox.DataAsync(Zone)).GetRawText());
    }

    [Theory]
    [InlineData("sort: USERNAME", "archive")]
    [InlineData("sort: ID", "rin")]
    [InlineData("sort: WATCHED_TIME_DESC", "archive")]
    [InlineData("sort: CHAPTERS_READ_DESC", "haru")]
    [InlineData("search: \"AR\", sort: ID", "haru")]
    public async Task Users_are_searched_and_sorted(string arguments, string first)
    {
        var data = await sandbox.DataAsync(
            $"{{ Page {{ users({arguments}) {{ name }} }} User({arguments}) {{ name }} }}"
        );

        Assert.Equal(first, data.GetProperty("Page").GetProperty("users")[0].GetProperty("name").GetString());
        Assert.Equal(first, data.GetProperty("User").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Nobody_moderates()
    {
        var data = await sandbox.DataAsync("{ Page { users { moderatorRoles } } }");

        Assert.Equal(404, (await sandbox.RefusalAsync("{ User(isModerator: true) { id } }")).Status);
        Assert.All(
            data.GetProperty("Page").GetProperty("users").EnumerateArray(),
            user => Assert.Equal(JsonValueKind.Null, user.GetProperty("moderatorRoles").ValueKind)
        );
    }

    [Fact]
    public async Task Pictures_come_from_the_sandbox_itself()
    {
        var user = (
            await sandbox.DataAsync("{ User(name: \"rin\") { bannerImage avatar { large medium } } }")
        ).GetProperty("User");
        foreach (
            var address in (string?[])
                [
                    user.GetProperty("avatar").GetProperty("large").GetString(),
                    user.GetProperty("avatar").GetProperty("medium").GetString(),
                    user.GetProperty("bannerImage").GetString(),
                ]
        )
        {
            using var picture = await sandbox.Http.GetAsync(address);
            Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_private_user_is_there_for_nobody_else()
    {
        await using var own = new SandboxFixture();
        await own.InitializeAsync();
        await own.Http.PutAsJsonAsync("/_sandbox/users/mika", new Dictionary<string, bool> { ["private"] = true });
        var stranger = await own.TokenOfAsync("rin");
        const string List = "{ MediaListCollection(userName: \"mika\", type: ANIME) { hasNextChunk } }";
        var (status, body) = await own.RefusalAsync(List, token: stranger);
        var profile = await own.RefusalAsync("{ User(name: \"mika\") { id } }", token: stranger);
        var entries = await own.DataAsync("{ Page { mediaList(userId_in: [5300102, 5300104]) { userId } } }");
        var self = await own.TokenOfAsync("mika");

        Assert.Equal(404, status);
        Assert.Equal(
            "Private User",
            JsonDocument.Parse(body).RootElement.GetProperty("errors")[0].GetProperty("message").GetString()
        );
        Assert.Equal(404, (await own.RefusalAsync("{ Page { mediaList(userId: 5300102) { id } } }")).Status);
        Assert.Equal(404, profile.Status);
        Assert.Contains("Not Found.", profile.Body);
        Assert.Equal("""{"Page":{"mediaList":[{"userId":5300104}]}}""", entries.GetRawText());
        Assert.True((await own.DataAsync(List, token: self)).TryGetProperty("MediaListCollection", out _));
        Assert.Contains("mika", (await own.DataAsync("{ User(name: \"mika\") { name } }", token: self)).GetRawText());
    }

    private Task<JsonElement> UpdateAsync(string arguments, string token) =>
        sandbox.DataAsync($"mutation {{ UpdateUser({arguments}) {{ id }} }}", token: token);

    private static IEnumerable<string?> Types(JsonElement options, string member, bool value) =>
        options
            .EnumerateArray()
            .Where(option => option.GetProperty(member).GetBoolean() == value)
            .Select(option => option.GetProperty("type").GetString());

    private static List<string> Differences(JsonElement before, JsonElement after, string path = "") =>
        before.ValueKind == JsonValueKind.Object
            ?
            [
                .. before
                    .EnumerateObject()
                    .SelectMany(member =>
                        Differences(member.Value, after.GetProperty(member.Name), $"{path}.{member.Name}")
                    )
                    .OrderBy(found => found == "updatedAt"),
            ]
        : JsonElement.DeepEquals(before, after) ? []
        : [path.TrimStart('.')];
}
