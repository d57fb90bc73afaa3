using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Lists;

public sealed class EntrySearchTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Titles_and_users_can_be_asked_for_by_the_handful()
    {
        var found = await FindAsync("userId_in: [5300101, 5300102], mediaId_in: [5114, 1, 1, 999999999]");

        Assert.Equal(
            ["5300101 1", "5300101 5114", "5300102 1", "5300102 5114"],
            found.Select(entry => $"{entry.GetProperty("userId")} {entry.GetProperty("mediaId")}").Order()
        );
    }

    [Theory]
    [InlineData("mediaId: 5114", "mediaId_in: [5114]")]
    [InlineData("userName: \"RIN\", mediaId: 5114", "userId: 5300101, mediaId_in: [5114]")]
    [InlineData("userId: 5300101, status: PAUSED", "userId_in: [5300101], status_in: [PAUSED]")]
    public async Task Two_ways_to_ask_find_the_same(string one, string other)
    {
        var found = await FindAsync(one);

        Assert.NotEmpty(found);
        Assert.Equal(Ids(found), Ids(await FindAsync(other)));
    }

    [Fact]
    public async Task What_is_left_out_and_what_is_asked_for_make_the_whole()
    {
        var all = Ids(await FindAsync("userId: 5300101"));
        var manga = Ids(await FindAsync("userId: 5300101, type: MANGA"));
        var anime = Ids(await FindAsync("userId: 5300101, type: ANIME"));
        var others = Ids(await FindAsync("userId: 5300101, mediaId_not_in: [5114]"));

        Assert.Equal(4, manga.Count);
        Assert.Equal(all.Order(), manga.Concat(anime).Order());
        Assert.Equal(all.Count - 1, others.Count);
    }

    [Theory]
    [InlineData("SCORE", "score")]
    [InlineData("PROGRESS", "progress")]
    [InlineData("MEDIA_ID", "mediaId")]
    [InlineData("UPDATED_TIME", "updatedAt")]
    [InlineData("ADDED_TIME", "createdAt")]
    public async Task Entries_can_be_sorted_both_ways(string sort, string member)
    {
        var up = Values(await FindAsync($"userId: 5300101, sort: {sort}"), member);
        var down = Values(await FindAsync($"userId: 5300101, sort: {sort}_DESC"), member);

        Assert.Equal(up.Order(), up);
        Assert.Equal(up.OrderDescending(), down);
    }

    [Fact]
    public async Task A_changed_entry_is_at_its_new_place_in_every_order()
    {
        var token = await sandbox.TokenOfAsync("mika");
        var last = (await FindAsync("userId: 5300102, sort: UPDATED_TIME")).First().GetProperty("mediaId").GetInt32();
        await sandbox.DataAsync(
            "mutation ($id: Int) { SaveMediaListEntry(mediaId: $id, priority: 1) { id } }",
            new { id = last },
            token
        );

        var ofMika = await FindAsync("userId: 5300102, sort: UPDATED_TIME_DESC");
        var ofAll = await FindAsync("userId_in: [5300101, 5300102], sort: UPDATED_TIME_DESC");

        Assert.Equal(last, ofMika.First().GetProperty("mediaId").GetInt32());
        Assert.Equal(last, ofAll.First().GetProperty("mediaId").GetInt32());
    }

    [Fact]
    public async Task Entries_of_those_one_follows_leave_out_everybody_else()
    {
        var token = await sandbox.TokenOfAsync("rin");
        var followed = await FindAsync("mediaId: 5114, isFollowing: true", token);
        var anonymous = await FindAsync("mediaId: 5114, isFollowing: true");

        Assert.Equal([5300102], Values(followed, "userId"));
        Assert.Empty(anonymous);
    }

    [Fact]
    public async Task A_stranger_does_not_find_a_private_entry_by_its_id_either()
    {
        var token = await sandbox.TokenOfAsync("haru");
        var entry = (await FindAsync("userId: 5300105", token)).First(one => one.GetProperty("private").GetBoolean());
        var byId = $"{{ MediaList(id: {entry.GetProperty("id")}) {{ id }} }}";

        Assert.Equal(404, (await sandbox.RefusalAsync(byId)).Status);
        Assert.Equal(404, (await sandbox.RefusalAsync(byId, token: await sandbox.TokenOfAsync("rin"))).Status);
        Assert.True((await sandbox.DataAsync(byId, token: token)).TryGetProperty("MediaList", out _));
    }

    private async Task<List<JsonElement>> FindAsync(string arguments, string? token = null) =>
        [
            .. (
                await sandbox.DataAsync(
                    $"{{ Page {{ mediaList({arguments}) {{ id userId mediaId score progress createdAt updatedAt private }} }} }}",
                    token: token
                )
            )
                .GetProperty("Page")
                .GetProperty("mediaList")
                .EnumerateArray(),
        ];

    private static List<int> Ids(IEnumerable<JsonElement> entries) => Values(entries, "id");

    private static List<int> Values(IEnumerable<JsonElement> entries, string member) =>
        [.. entries.Select(entry => entry.GetProperty(member).GetInt32())];
}
