using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Lists;

public sealed class CollectionTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Fields =
        "hasNextChunk lists { name status isCustomList isSplitCompletedList entries { id mediaId updatedAt hiddenFromStatusLists media { format } } }";

    [Fact]
    public async Task Chunks_of_the_longest_list_hold_500_each_and_together_all_of_it()
    {
        var seen = new HashSet<int>();
        for (var chunk = 1; chunk <= 22; chunk++)
        {
            var part = await ReadAsync($"userName: \"archive\", type: ANIME, chunk: {chunk}, perChunk: 900", "archive");
            var ids = Ids(part).ToList();

            Assert.Equal(500, ids.Count);
            Assert.Equal(chunk < 22, part.GetProperty("hasNextChunk").GetBoolean());
            seen.UnionWith(ids);
        }

        Assert.Equal(11_000, seen.Count);
        Assert.Empty(Ids(await ReadAsync("userName: \"archive\", type: ANIME, chunk: 23", "archive")));
    }

    [Fact]
    public async Task Beyond_11000_entries_the_least_recently_updated_one_is_left_out()
    {
        // An own sandbox: this list must not grow under other tests.
        await using var own = new SandboxFixture();
        await own.InitializeAsync();
        var token = await own.TokenOfAsync("archive");
        var before = Entries(await ReadAsync(own, "userName: \"archive\", type: ANIME", token)).ToList();
        var oldest = before.MinBy(entry => entry.GetProperty("updatedAt").GetInt32());
        // The titles after the last one; there is an anime among so many.
        var next = before.Max(entry => entry.GetProperty("mediaId").GetInt32()) + 1;
        foreach (var mediaId in Enumerable.Range(next, 3))
        {
            await own.Http.PutAsJsonAsync($"/_sandbox/users/archive/list/{mediaId}", new { status = "PLANNING" });
        }

        var after = Ids(await ReadAsync(own, "userName: \"archive\", type: ANIME", token)).ToHashSet();

        Assert.Equal(11_000, before.Count);
        Assert.Equal(11_000, after.Count);
        Assert.DoesNotContain(oldest.GetProperty("id").GetInt32(), after);
    }

    [Fact]
    public async Task Completed_entries_are_split_by_format_unless_one_list_is_forced()
    {
        var split = Lists(await ReadAsync("userName: \"haru\", type: ANIME"));
        var forced = Lists(await ReadAsync("userName: \"haru\", type: ANIME, forceSingleCompletedList: true"));
        var parts = split.Where(list => list.GetProperty("isSplitCompletedList").GetBoolean()).ToList();

        Assert.Equal(
            [
                "Completed Movie",
                "Completed ONA",
                "Completed OVA",
                "Completed Special",
                "Completed TV",
                "Completed TV Short",
            ],
            parts.Select(list => list.GetProperty("name").GetString()).Order(StringComparer.Ordinal)
        );
        Assert.All(parts, list => Assert.Equal("COMPLETED", list.GetProperty("status").GetString()));
        Assert.Single(parts.Select(FormatsOf), formats => formats.SetEquals(["TV"]));
        Assert.DoesNotContain(split, list => list.GetProperty("name").GetString() == "Completed");
        Assert.Equal(
            parts.Sum(list => list.GetProperty("entries").GetArrayLength()),
            forced
                .Single(list => list.GetProperty("name").GetString() == "Completed")
                .GetProperty("entries")
                .GetArrayLength()
        );
        Assert.DoesNotContain(forced, list => list.GetProperty("isSplitCompletedList").GetBoolean());
    }

    [Fact]
    public async Task An_entry_hidden_from_the_status_lists_is_in_its_custom_lists_only()
    {
        var lists = Lists(await ReadAsync("userName: \"haru\", type: ANIME"));
        var hidden = lists
            .SelectMany(list => list.GetProperty("entries").EnumerateArray(), (list, entry) => (list, entry))
            .Where(found => found.entry.GetProperty("hiddenFromStatusLists").GetBoolean())
            .ToList();

        Assert.NotEmpty(hidden);
        Assert.All(hidden, found => Assert.True(found.list.GetProperty("isCustomList").GetBoolean()));
    }

    [Theory]
    [InlineData("status: PAUSED", "PAUSED")]
    [InlineData("status_in: [PAUSED, DROPPED]", "DROPPED PAUSED")]
    [InlineData("status_not_in: [PAUSED, DROPPED, PLANNING, CURRENT]", "COMPLETED REPEATING")]
    [InlineData("status_not: PLANNING, status_in: [PLANNING, CURRENT]", "CURRENT")]
    public async Task Statuses_can_be_asked_for_and_left_out(string arguments, string statuses)
    {
        var lists = Lists(await ReadAsync($"userId: 5300101, type: ANIME, {arguments}"));

        Assert.Equal(statuses, string.Join(' ', lists.Select(list => list.GetProperty("status").GetString()).Order()));
    }

    [Theory]
    [InlineData("userName: \"rin\"", 400, "type")]
    [InlineData("type: ANIME", 400, "userId")]
    public async Task A_collection_needs_a_type_and_a_user(string arguments, int expected, string member)
    {
        var (status, body) = await sandbox.RefusalAsync($"{{ MediaListCollection({arguments}) {{ hasNextChunk }} }}");

        Assert.Equal(expected, status);
        Assert.True(
            JsonDocument
                .Parse(body)
                .RootElement.GetProperty("errors")[0]
                .GetProperty("validation")
                .TryGetProperty(member, out _)
        );
    }

    [Theory]
    [InlineData("userId: 1")]
    [InlineData("userName: \"nobody\"")]
    public async Task The_list_of_nobody_is_404(string arguments)
    {
        var (status, body) = await sandbox.RefusalAsync(
            $"{{ MediaListCollection({arguments}, type: ANIME) {{ hasNextChunk }} }}"
        );

        Assert.Equal(404, status);
        Assert.Contains("Not Found.", body);
    }

    private async Task<JsonElement> ReadAsync(string arguments, string? viewer = null) =>
        await ReadAsync(sandbox, arguments, viewer is null ? null : await sandbox.TokenOfAsync(viewer));

    private static async Task<JsonElement> ReadAsync(SandboxFixture sandbox, string arguments, string? token) =>
        (await sandbox.DataAsync($"{{ MediaListCollection({arguments}) {{ {Fields} }} }}", token: token)).GetProperty(
            "MediaListCollection"
        );

    private static List<JsonElement> Lists(JsonElement collection) =>
        [.. collection.GetProperty("lists").EnumerateArray()];

    private static IEnumerable<JsonElement> Entries(JsonElement collection) =>
        Lists(collection).SelectMany(list => list.GetProperty("entries").EnumerateArray());

    private static IEnumerable<int> Ids(JsonElement collection) =>
        Entries(collection).Select(entry => entry.GetProperty("id").GetInt32());

    private static HashSet<string?> FormatsOf(JsonElement list) =>
        [
            .. list.GetProperty("entries")
                .EnumerateArray()
                .Select(entry => entry.GetProperty("media").GetProperty("format").GetString()),
        ];
}
