using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Lists;

public sealed class SampleListTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Collection = """
        query ($name: String, $type: MediaType) {
          MediaListCollection(userName: $name, type: $type) {
            hasNextChunk lists { entries { id mediaId status private media { isAdult } } }
          }
        }
        """;

    [Theory]
    [InlineData("mika", 500)]
    [InlineData("haru", 2500)]
    [InlineData("archive", 11_000)]
    public async Task A_long_list_has_its_number_of_titles_in_all_six_statuses_with_private_and_adult_ones(
        string user,
        int count
    )
    {
        var token = await sandbox.TokenOfAsync(user);
        List<JsonElement> entries =
        [
            .. await EntriesAsync(user, "ANIME", token),
            .. await EntriesAsync(user, "MANGA", token),
        ];

        // Not every entry is in a group: some are hidden from the status lists.
        Assert.Equal(count, entries.Select(entry => entry.GetProperty("mediaId").GetInt32()).Distinct().Count());
        Assert.Equal(6, entries.Select(entry => entry.GetProperty("status").GetString()).Distinct().Count());
        Assert.Contains(entries, entry => entry.GetProperty("private").GetBoolean());
        Assert.Contains(entries, entry => entry.GetProperty("media").GetProperty("isAdult").GetBoolean());
    }

    [Fact]
    public async Task Lists_are_the_same_whichever_is_read_first()
    {
        const string Solo = "{ MediaList(userId: 5300104, mediaId: 1) { id createdAt updatedAt } }";
        await using var fresh = new SandboxFixture();
        await fresh.InitializeAsync();
        await sandbox.DataAsync("{ Page { mediaList { id } } }");

        var here = await sandbox.DataAsync(Solo);
        var there = await fresh.DataAsync(Solo);
        var id = there.GetProperty("MediaList").GetProperty("id").GetInt32();

        Assert.True(JsonElement.DeepEquals(here, there));
        await using var another = new SandboxFixture();
        await another.InitializeAsync();
        var byId = await another.DataAsync("query ($id: Int) { MediaList(id: $id) { userId } }", new { id });
        Assert.Equal(5300104, byId.GetProperty("MediaList").GetProperty("userId").GetInt32());
    }

    private async Task<List<JsonElement>> EntriesAsync(string user, string type, string token) =>
        [
            .. (await sandbox.DataAsync(Collection, new { name = user, type }, token))
                .GetProperty("MediaListCollection")
                .GetProperty("lists")
                .EnumerateArray()
                .SelectMany(list => list.GetProperty("entries").EnumerateArray()),
        ];
}
