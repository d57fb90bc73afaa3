using System.Net;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Community;

/// <summary>Each test takes titles of its own, since they are gone afterwards.</summary>
public sealed class CatalogueChangeTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task A_merged_title_is_gone_and_its_entries_go_over()
    {
        var token = await sandbox.TokenOfAsync("empty");
        await SaveAsync(20954, progress: 1, token);
        using var merged = await sandbox.Http.PostAsync("/_sandbox/media/20954/merge-into/21519", null);
        var entry = await sandbox.DataAsync(
            "{ Media(id: 21519) { mediaListEntry { progress mediaId } } }",
            token: token
        );
        var told = (await NotificationsAsync("MEDIA_MERGE", token)).Single(found =>
            found.GetProperty("media").GetProperty("id").GetInt32() == 21519
        );

        Assert.Equal(HttpStatusCode.NoContent, merged.StatusCode);
        Assert.Equal(404, (await sandbox.RefusalAsync("{ Media(id: 20954) { id } }")).Status);
        Assert.Equal(
            """{"progress":1,"mediaId":21519}""",
            entry.GetProperty("Media").GetProperty("mediaListEntry").GetRawText()
        );
        Assert.Equal("Koe no Katachi", told.GetProperty("deletedMediaTitles")[0].GetString());
    }

    [Fact]
    public async Task Who_has_both_titles_keeps_the_other_entry()
    {
        var token = await sandbox.TokenOfAsync("empty");
        await SaveAsync(431, progress: 0, token);
        await SaveAsync(523, progress: 1, token);
        using var merged = await sandbox.Http.PostAsync("/_sandbox/media/431/merge-into/523", null);
        var list = await sandbox.DataAsync(
            "{ Page { mediaList(userName: \"empty\", mediaId_in: [431, 523]) { mediaId progress } } }",
            token: token
        );

        Assert.Equal(
            """[{"mediaId":523,"progress":1}]""",
            list.GetProperty("Page").GetProperty("mediaList").GetRawText()
        );
    }

    [Fact]
    public async Task A_deleted_title_leaves_the_lists_and_its_owners_are_told()
    {
        var token = await sandbox.TokenOfAsync("empty");
        await SaveAsync(164, progress: 1, token);
        using var deleted = await sandbox.Http.DeleteAsync("/_sandbox/media/164");
        var list = await sandbox.DataAsync(
            "{ Page { mediaList(userName: \"empty\", mediaId: 164) { id } } }",
            token: token
        );
        var studio = await sandbox.DataAsync("{ Staff(id: 96870) { staffMedia { nodes { id } } } }");
        var told = (await NotificationsAsync("MEDIA_DELETION", token)).Single();

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, list.GetProperty("Page").GetProperty("mediaList").GetArrayLength());
        Assert.DoesNotContain("164", studio.GetRawText());
        Assert.Equal("Mononoke-hime", told.GetProperty("deletedMediaTitle").GetString());
    }

    [Theory]
    [InlineData("POST", "/_sandbox/media/999999999/merge-into/1")]
    [InlineData("POST", "/_sandbox/media/1/merge-into/999999999")]
    [InlineData("POST", "/_sandbox/media/1/merge-into/1")]
    [InlineData("DELETE", "/_sandbox/media/999999999")]
    public async Task A_title_that_is_not_there_cannot_go(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await sandbox.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(200, (await sandbox.RefusalAsync("{ Media(id: 1) { id } }")).Status);
    }

    [Theory]
    [InlineData(1, 30013)]
    [InlineData(30013, 1)]
    public async Task An_anime_and_a_manga_are_not_merged(int id, int other)
    {
        using var answer = await sandbox.Http.PostAsync($"/_sandbox/media/{id}/merge-into/{other}", null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(200, (await sandbox.RefusalAsync($"{{ Media(id: {id}) {{ id }} }}")).Status);
    }

    private Task<JsonElement> SaveAsync(int mediaId, int progress, string token) =>
        sandbox.DataAsync(
            "mutation ($mediaId: Int, $progress: Int) { SaveMediaListEntry(mediaId: $mediaId, progress: $progress, status: CURRENT) { id } }",
            new { mediaId, progress },
            token
        );

    private async Task<IEnumerable<JsonElement>> NotificationsAsync(string type, string token)
    {
        var data = await sandbox.DataAsync(
            "query ($type: NotificationType) { Page { notifications(type: $type) { ... on MediaMergeNotification { deletedMediaTitles media { id } } ... on MediaDeletionNotification { deletedMediaTitle } } } }",
            new { type },
            token
        );
        return data.GetProperty("Page").GetProperty("notifications").EnumerateArray();
    }
}
