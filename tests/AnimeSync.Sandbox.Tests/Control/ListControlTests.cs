using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class ListControlTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task An_entry_is_one_flat_object_in_AniLists_words()
    {
        var entry = await ReadAsync("solo", 1);

        Assert.Equal(
            "advancedScores completedAt createdAt customLists hiddenFromStatusLists id mediaId notes priority private"
                + " progress progressVolumes repeat scoreRaw startedAt status updatedAt",
            string.Join(' ', entry.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal))
        );
        Assert.Equal("CURRENT", entry.GetProperty("status").GetString());
        Assert.Equal(2025, entry.GetProperty("startedAt").GetProperty("year").GetInt32());
    }

    [Fact]
    public async Task Putting_changes_only_what_it_names_and_is_seen_through_GraphQL()
    {
        var before = await ReadAsync("rin", 5114);
        var after = await PutAsync("rin", 5114, new { progress = 9, notes = "from the site" });
        var seen = await sandbox.DataAsync("{ MediaList(userId: 5300101, mediaId: 5114) { progress notes status } }");

        Assert.Equal(9, after.GetProperty("progress").GetInt32());
        Assert.All(
            ["id", "status", "scoreRaw", "repeat", "startedAt", "completedAt", "createdAt", "customLists"],
            member => Assert.True(JsonElement.DeepEquals(before.GetProperty(member), after.GetProperty(member)), member)
        );
        Assert.True(after.GetProperty("updatedAt").GetInt32() > before.GetProperty("updatedAt").GetInt32());
        Assert.Equal("from the site", seen.GetProperty("MediaList").GetProperty("notes").GetString());
    }

    [Fact]
    public async Task An_entry_can_be_put_back_as_it_was_read()
    {
        var read = await ReadAsync("mika", 5114);
        await PutAsync(
            "mika",
            5114,
            new
            {
                progress = 1,
                status = "PAUSED",
                scoreRaw = 11,
            }
        );
        var restored = await PutAsync("mika", 5114, read);

        Assert.True(JsonElement.DeepEquals(read, restored));
    }

    [Fact]
    public async Task What_is_not_there_is_404_until_it_is_put()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Http.GetAsync(Address("empty", 1))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Http.DeleteAsync(Address("empty", 1))).StatusCode);

        var created = await PutAsync("empty", 1, new { status = "CURRENT" });
        using var deleted = await sandbox.Http.DeleteAsync(Address("empty", 1));

        Assert.True(created.GetProperty("id").GetInt32() > 0);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Http.GetAsync(Address("empty", 1))).StatusCode);
    }

    [Theory]
    [InlineData("nobody", 1)]
    [InlineData("rin", 999_999_999)]
    public async Task An_unknown_user_or_title_is_404(string user, int mediaId)
    {
        using var answer = await sandbox.Http.PutAsJsonAsync(Address(user, mediaId), new { progress = 1 });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"progres":1}""")]
    [InlineData("""{"progress":"1"}""")]
    [InlineData("""{"progress":1.5}""")]
    [InlineData("""{"progress":null}""")]
    [InlineData("""{"progress":-1}""")]
    [InlineData("""{"progress":1,"progress":2}""")]
    [InlineData("""{"status":"WATCHING"}""")]
    [InlineData("""{"scoreRaw":101}""")]
    [InlineData("""{"private":0}""")]
    [InlineData("""{"customLists":[1]}""")]
    [InlineData("""{"startedAt":"2020"}""")]
    [InlineData("""{"startedAt":{"jear":2020}}""")]
    [InlineData("""{"startedAt":{"year":10000}}""")]
    [InlineData("""{"startedAt":{"year":-1}}""")]
    [InlineData("""{"completedAt":{"year":2020,"month":13}}""")]
    [InlineData("""{"completedAt":{"day":32}}""")]
    [InlineData("""{"createdAt":-1}""")]
    [InlineData("""{"updatedAt":-1}""")]
    [InlineData("""{"notes":"\ud800"}""")]
    [InlineData("""{"customLists":["\udc00"]}""")]
    [InlineData("""{"status":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"startedAt":{"\ud800":1}}""")]
    [InlineData("""{"mediaId":5}""")]
    [InlineData("""{"id":5}""")]
    [InlineData("""{"progress":""")]
    public async Task What_is_no_entry_is_400_and_changes_nothing(string body)
    {
        var before = await ReadAsync("solo", 1);
        using var answer = await sandbox.Http.PutAsync(
            Address("solo", 1),
            new StringContent(body, Encoding.UTF8, "application/json")
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(JsonElement.DeepEquals(before, await ReadAsync("solo", 1)));
    }

    private static string Address(string user, int mediaId) => $"/_sandbox/users/{user}/list/{mediaId}";

    private Task<JsonElement> ReadAsync(string user, int mediaId) =>
        sandbox.Http.GetFromJsonAsync<JsonElement>(Address(user, mediaId));

    private async Task<JsonElement> PutAsync(string user, int mediaId, object entry)
    {
        using var answer = await sandbox.Http.PutAsJsonAsync(Address(user, mediaId), entry);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
