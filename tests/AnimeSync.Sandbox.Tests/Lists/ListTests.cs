using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Lists;

public sealed class ListTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Collection = """
        query ($name: String, $type: MediaType, $chunk: Int, $perChunk: Int) {
          MediaListCollection(userName: $name, type: $type, chunk: $chunk, perChunk: $perChunk) {
            hasNextChunk
            lists { name status isCustomList entries { id mediaId status progress private media { episodes status } } }
          }
        }
        """;

    [Fact]
    public async Task Rin_has_fifty_entries_in_all_six_statuses()
    {
        var anime = await EntriesAsync("rin", "ANIME");
        var manga = await EntriesAsync("rin", "MANGA");
        var statuses = anime.Select(entry => entry.GetProperty("status").GetString()).Distinct();

        Assert.Equal(50, anime.Count + manga.Count);
        Assert.Equal(["COMPLETED", "CURRENT", "DROPPED", "PAUSED", "PLANNING", "REPEATING"], statuses.Order());
    }

    [Fact]
    public async Task Everything_rin_watches_has_at_least_twelve_known_and_released_episodes()
    {
        var watched = (await EntriesAsync("rin", "ANIME"))
            .Where(entry => entry.GetProperty("status").GetString() == "CURRENT")
            .ToList();

        Assert.NotEmpty(watched);
        Assert.All(watched, entry => Assert.True(entry.GetProperty("media").GetProperty("episodes").GetInt32() >= 12));
        Assert.All(
            watched,
            entry => Assert.Equal("FINISHED", entry.GetProperty("media").GetProperty("status").GetString())
        );
    }

    [Theory]
    [InlineData("empty", 0)]
    [InlineData("solo", 1)]
    public async Task The_other_sample_users_have_what_their_names_say(string user, int entries)
    {
        Assert.Equal(entries, (await EntriesAsync(user, "ANIME")).Count);
    }

    [Fact]
    public async Task Chunks_put_together_are_the_whole_list()
    {
        var first = await sandbox.DataAsync(
            Collection,
            new
            {
                name = "rin",
                type = "ANIME",
                chunk = 1,
                perChunk = 30,
            }
        );
        var second = await sandbox.DataAsync(
            Collection,
            new
            {
                name = "rin",
                type = "ANIME",
                chunk = 2,
                perChunk = 30,
            }
        );

        Assert.True(first.GetProperty("MediaListCollection").GetProperty("hasNextChunk").GetBoolean());
        Assert.False(second.GetProperty("MediaListCollection").GetProperty("hasNextChunk").GetBoolean());
        Assert.Equal(
            46,
            Entries(first)
                .Concat(Entries(second))
                .Select(entry => entry.GetProperty("id").GetInt32())
                .Distinct()
                .Count()
        );
    }

    [Fact]
    public async Task A_private_entry_is_shown_to_its_owner_only()
    {
        var seenByOthers = await EntriesAsync("mika", "ANIME", await sandbox.TokenOfAsync("rin"));
        var seenByMika = await EntriesAsync("mika", "ANIME", await sandbox.TokenOfAsync("mika"));

        Assert.DoesNotContain(seenByOthers, entry => entry.GetProperty("private").GetBoolean());
        Assert.Contains(seenByMika, entry => entry.GetProperty("private").GetBoolean());
    }

    [Fact]
    public async Task A_custom_list_stands_beside_the_status_lists()
    {
        var data = await sandbox.DataAsync(Collection, new { name = "mika", type = "ANIME" });
        var custom = data.GetProperty("MediaListCollection")
            .GetProperty("lists")
            .EnumerateArray()
            .Single(list => list.GetProperty("isCustomList").GetBoolean());

        Assert.Equal("Rainy days", custom.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, custom.GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task Many_users_can_be_read_at_once_newest_first()
    {
        var data = await sandbox.DataAsync(
            "{ Page { mediaList(userId_in: [5300101, 5300104], sort: UPDATED_TIME_DESC) { userId updatedAt } } }"
        );
        var entries = data.GetProperty("Page").GetProperty("mediaList").EnumerateArray().ToList();

        Assert.Equal(5300104, entries[0].GetProperty("userId").GetInt32());
        Assert.Equal(
            entries.Select(entry => entry.GetProperty("updatedAt").GetInt32()).OrderDescending(),
            entries.Select(entry => entry.GetProperty("updatedAt").GetInt32())
        );
    }

    private async Task<List<JsonElement>> EntriesAsync(string user, string type, string? token = null) =>
        [.. Entries(await sandbox.DataAsync(Collection, new { name = user, type }, token))];

    private static IEnumerable<JsonElement> Entries(JsonElement data) =>
        data.GetProperty("MediaListCollection")
            .GetProperty("lists")
            .EnumerateArray()
            .SelectMany(list => list.GetProperty("entries").EnumerateArray())
            .DistinctBy(entry => entry.GetProperty("id").GetInt32());
}
