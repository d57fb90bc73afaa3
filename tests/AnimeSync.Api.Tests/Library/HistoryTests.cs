using System.Net;
using System.Text.Json;

namespace AnimeSync.Api.Tests.Library;

public sealed class HistoryTests(LibraryApp library) : IClassFixture<LibraryApp>
{
    [Fact]
    public async Task Every_change_is_undone_in_turn_until_nothing_is_left()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(
            LibraryApp.Finished,
            new
            {
                status = "CURRENT",
                progress = 3,
                notes = "ä\"\\",
                score = 40,
            }
        );
        var first = await ShownAsync(me);
        await me.PatchAsync(
            LibraryApp.Finished,
            new
            {
                status = "PAUSED",
                startedAt = "2020",
                notes = (string?)null,
            }
        );
        var second = await ShownAsync(me);
        await me.AskAsync(HttpMethod.Delete, LibraryClient.PathOf(LibraryApp.Finished));
        Assert.Null(await ShownAsync(me));

        var ids = (await me.HistoryAsync()).Select(item => item.GetProperty("id").GetInt64()).ToList();
        Assert.Equal([3, 2, 1], ids);
        await UndoAsync(me, 3);
        Assert.Equal(second, await ShownAsync(me));
        await UndoAsync(me, 2);
        Assert.Equal(first, await ShownAsync(me));
        await UndoAsync(me, 1);
        Assert.Null(await ShownAsync(me));

        var undone = (await me.HistoryAsync())[0];
        Assert.Equal("undo", undone.GetProperty("origin").GetString());
        Assert.Equal(1, undone.GetProperty("undoes").GetInt64());
    }

    [Fact]
    public async Task What_was_changed_again_is_not_undone_but_shown()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(LibraryApp.Finished, new { status = "CURRENT" });
        await me.PatchAsync(LibraryApp.Finished, new { progress = 2, score = 30 });
        await me.PatchAsync(LibraryApp.Finished, new { progress = 3 });

        using var refused = await me.SendAsync(HttpMethod.Post, "/api/v1/me/history/2/undo");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("progress", Assert.Single(problem.GetProperty("changedSince").EnumerateArray()).GetString());
        Assert.Equal(3, problem.GetProperty("current").GetProperty("progress").GetInt32());
        await UndoAsync(me, 3);
        await UndoAsync(me, 2);
        Assert.Equal(
            0,
            (await me.GetAsync(LibraryClient.PathOf(LibraryApp.Finished))).GetProperty("score").GetDouble()
        );
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_no_change()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(LibraryApp.Finished, new { status = "CURRENT", progress = 2 });

        await me.PatchAsync(LibraryApp.Finished, new { progress = 2 });
        await me.PatchAsync(LibraryApp.Finished, new { });

        Assert.Single(await me.HistoryAsync());
    }

    [Fact]
    public async Task A_client_that_was_away_learns_of_every_entry_once_and_of_deletions()
    {
        using var me = await library.NewPersonAsync();
        foreach (var id in Enumerable.Range(100, 7))
        {
            await me.PutAsync(id, new { status = "PLANNING" });
        }

        var known = await me.GetAsync("/api/v1/me/list/changes");
        Assert.Equal(7, known.GetProperty("items").GetArrayLength());
        var cursor = known.GetProperty("nextCursor").GetString();
        await me.PatchAsync(101, new { progress = 1 });
        await me.PatchAsync(101, new { progress = 2 });
        await me.AskAsync(HttpMethod.Delete, LibraryClient.PathOf(103));

        var news = new List<JsonElement>();
        JsonElement page;
        do
        {
            page = await me.GetAsync($"/api/v1/me/list/changes?limit=1&cursor={cursor}");
            news.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        } while (page.GetProperty("hasMore").GetBoolean());

        Assert.Equal([101, 103], news.Select(item => item.GetProperty("mediaId").GetInt32()));
        Assert.Equal(2, news[0].GetProperty("entry").GetProperty("progress").GetInt32());
        Assert.Equal(JsonValueKind.Null, news[1].GetProperty("entry").ValueKind);
        var nothing = await me.GetAsync($"/api/v1/me/list/changes?cursor={cursor}");
        Assert.Equal(cursor, nothing.GetProperty("nextCursor").GetString());
    }

    [Fact]
    public async Task Edits_that_come_at_once_all_count_and_none_is_missed_by_a_reader()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(500, new { status = "CURRENT" });
        using var done = new CancellationTokenSource();
        var reading = ReadAllAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(number =>
                    number % 3 == 0
                        ? me.AskAsync(HttpMethod.Post, $"{LibraryClient.PathOf(500)}/progress")
                        : me.PutAsync(600 + number, new { status = "PLANNING" })
                )
        );
        await done.CancelAsync();

        Assert.Equal(20, (await me.GetAsync(LibraryClient.PathOf(500))).GetProperty("progress").GetInt32());
        Assert.Equal(
            Enumerable.Range(1, 61).Select(seq => (long)seq),
            (await me.HistoryAsync()).Select(item => item.GetProperty("id").GetInt64()).Order()
        );
        Assert.Equal(41, (await reading).Count);

        async Task<HashSet<int>> ReadAllAsync()
        {
            var (seen, cursor) = (new HashSet<int>(), "0");
            while (true)
            {
                var isLast = done.IsCancellationRequested;
                var page = await me.GetAsync($"/api/v1/me/list/changes?limit=5&cursor={cursor}");
                seen.UnionWith(
                    page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("mediaId").GetInt32())
                );
                cursor = page.GetProperty("nextCursor").GetString()!;
                if (isLast && !page.GetProperty("hasMore").GetBoolean())
                {
                    return seen;
                }
            }
        }
    }

    private static Task UndoAsync(LibraryClient me, long id) =>
        me.AskAsync(HttpMethod.Post, $"/api/v1/me/history/{id}/undo");

    /// <summary>Everything the person set; null without an entry.</summary>
    private static async Task<string?> ShownAsync(LibraryClient me)
    {
        using var answer = await me.SendAsync(HttpMethod.Get, LibraryClient.PathOf(LibraryApp.Finished));
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var entry = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        string[] others = ["createdAt", "updatedAt", "sync", "media"];
        return string.Join(
            ';',
            entry.EnumerateObject().Where(member => !others.Contains(member.Name)).Select(member => $"{member}")
        );
    }
}
