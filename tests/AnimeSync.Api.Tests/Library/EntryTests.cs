using System.Net;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Library;

public sealed class EntryTests(LibraryApp library) : IClassFixture<LibraryApp>
{
    [Fact]
    public async Task An_entry_is_made_read_changed_and_taken_off()
    {
        using var me = await library.NewPersonAsync();
        using var made = await me.SendAsync(
            HttpMethod.Put,
            LibraryClient.PathOf(LibraryApp.Finished),
            new
            {
                status = "CURRENT",
                progress = 3,
                score = 85,
                notes = "Space",
                startedAt = "2020-05",
            }
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(LibraryClient.PathOf(LibraryApp.Finished), made.Headers.Location!.ToString());

        var changed = await me.PatchAsync(LibraryApp.Finished, new { progress = 4 });
        Assert.Equal(4, changed.GetProperty("progress").GetInt32());
        var read = await me.GetAsync(LibraryClient.PathOf(LibraryApp.Finished));
        Assert.Equal("CURRENT", read.GetProperty("status").GetString());
        Assert.Equal(85, read.GetProperty("score").GetDouble());
        Assert.Equal("Space", read.GetProperty("notes").GetString());
        Assert.Equal("2020-05", read.GetProperty("startedAt").GetString());
        Assert.Equal("pending", read.GetProperty("sync").GetString());
        Assert.Equal("Cowboy Bebop", read.GetProperty("media").GetProperty("title").GetProperty("romaji").GetString());

        using var gone = await me.SendAsync(HttpMethod.Delete, LibraryClient.PathOf(LibraryApp.Finished));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            using var none = await me.SendAsync(method, LibraryClient.PathOf(LibraryApp.Finished));
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }

        using var again = await me.SendAsync(
            HttpMethod.Put,
            LibraryClient.PathOf(LibraryApp.Finished),
            new { status = "PLANNING" }
        );
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        var fresh = await me.GetAsync(LibraryClient.PathOf(LibraryApp.Finished));
        Assert.Equal(JsonValueKind.Null, fresh.GetProperty("notes").ValueKind);
    }

    [Fact]
    public async Task A_put_leaves_nothing_of_what_it_does_not_name()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(
            LibraryApp.Finished,
            new
            {
                status = "PAUSED",
                progress = 3,
                score = 70,
                @private = true,
            }
        );

        var replaced = await me.PutAsync(LibraryApp.Finished, new { status = "CURRENT" });

        Assert.Equal(0, replaced.GetProperty("progress").GetInt32());
        Assert.Equal(0, replaced.GetProperty("score").GetDouble());
        Assert.False(replaced.GetProperty("private").GetBoolean());
    }

    [Fact]
    public async Task A_title_that_nobody_knows_here_is_taken_as_it_is_said()
    {
        using var me = await library.NewPersonAsync();

        var entry = await me.PutAsync(987_654, new { status = "CURRENT", progress = 400 });

        Assert.Equal(JsonValueKind.Null, entry.GetProperty("media").ValueKind);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_anothers_entry()
    {
        using var owner = await library.NewPersonAsync();
        using var other = await library.NewPersonAsync();
        await owner.PutAsync(LibraryApp.Finished, new { status = "CURRENT" });

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete, HttpMethod.Patch })
        {
            using var answer = await other.SendAsync(
                method,
                LibraryClient.PathOf(LibraryApp.Finished),
                method == HttpMethod.Patch ? new { progress = 1 } : null
            );
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var undone = await other.SendAsync(HttpMethod.Post, "/api/v1/me/history/1/undo");
        Assert.Equal(HttpStatusCode.NotFound, undone.StatusCode);
        Assert.Empty((await other.GetAsync("/api/v1/me/list")).GetProperty("items").EnumerateArray());
        Assert.Empty(await other.HistoryAsync());
    }

    [Theory]
    [InlineData("""{"progress":27}""", "progress")]
    [InlineData("""{"progress":-1}""", "progress")]
    [InlineData("""{"score":101}""", "score")]
    [InlineData("""{"score":70.5}""", "score")]
    [InlineData("""{"repeat":1001}""", "repeat")]
    [InlineData("""{"priority":256}""", "priority")]
    [InlineData("""{"startedAt":"2999"}""", "startedAt")]
    [InlineData("""{"startedAt":"2021-05-02","completedAt":"2021-05-01"}""", "startedAt")]
    [InlineData("""{"startedAt":"2021-02-30"}""", "startedAt")]
    [InlineData("""{"status":"current"}""", "status")]
    [InlineData("""{"status":"CURRENT, PAUSED"}""", "status")]
    [InlineData("""{"status":null}""", "status")]
    [InlineData("""{"progress":"1"}""", "progress")]
    [InlineData("""{"progress":1.5}""", "progress")]
    [InlineData("""{"userId":7}""", "userId")]
    [InlineData("""{"notes":"a\u0000b"}""", "notes")]
    [InlineData("""{"customLists":[null]}""", "customLists")]
    public async Task What_cannot_be_is_refused_by_name_and_changes_nothing(string body, string field)
    {
        using var me = await library.NewPersonAsync();
        var before = await me.PutAsync(
            LibraryApp.Finished,
            new
            {
                status = "CURRENT",
                progress = 3,
                score = 50,
            }
        );

        using var answer = await me.Http.PatchAsync(
            LibraryClient.PathOf(LibraryApp.Finished),
            new StringContent(body, Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(
            problem.GetProperty("errors").EnumerateObject(),
            error => error.Name.StartsWith(field, StringComparison.Ordinal)
        );
        var after = await me.GetAsync(LibraryClient.PathOf(LibraryApp.Finished));
        Assert.Equal(before.GetRawText(), after.GetRawText());
        Assert.Single(await me.HistoryAsync());
    }

    [Fact]
    public async Task An_episode_that_has_not_aired_cannot_have_been_watched()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(LibraryApp.Airing, new { status = "CURRENT", progress = 4 });

        using var edit = await me.SendAsync(
            HttpMethod.Patch,
            LibraryClient.PathOf(LibraryApp.Airing),
            new { progress = 5 }
        );
        using var next = await me.SendAsync(HttpMethod.Post, $"{LibraryClient.PathOf(LibraryApp.Airing)}/progress");

        Assert.Equal(HttpStatusCode.BadRequest, edit.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, next.StatusCode);
    }

    [Fact]
    public async Task Episode_by_episode_an_entry_is_started_and_completed()
    {
        using var me = await library.NewPersonAsync();
        var path = $"{LibraryClient.PathOf(LibraryApp.Finished)}/progress";

        var first = await me.AskAsync(HttpMethod.Post, path);
        Assert.Equal("CURRENT", first.GetProperty("status").GetString());
        Assert.Equal(1, first.GetProperty("progress").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, first.GetProperty("startedAt").ValueKind);

        await me.PatchAsync(LibraryApp.Finished, new { progress = 25 });
        var last = await me.AskAsync(HttpMethod.Post, path);
        Assert.Equal("COMPLETED", last.GetProperty("status").GetString());
        Assert.NotEqual(JsonValueKind.Null, last.GetProperty("completedAt").ValueKind);

        using var more = await me.SendAsync(HttpMethod.Post, path);
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
    }

    [Fact]
    public async Task Erasing_the_account_erases_the_list()
    {
        using var me = await library.NewPersonAsync();
        var userId = Guid.Parse((await me.GetAsync("/api/v1/me")).GetProperty("id").GetString()!);
        using var made = await me.SendAsync(
            HttpMethod.Put,
            LibraryClient.PathOf(LibraryApp.Finished),
            new { status = "CURRENT" },
            ("Idempotency-Key", "kept")
        );
        await me.AskAsync(HttpMethod.Delete, "/api/v1/me");

        await using var scope = library.App.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        var cancellation = TestContext.Current.CancellationToken;
        Assert.False(await db.UserLists.AnyAsync(row => row.UserId == userId, cancellation));
        Assert.False(await db.ListEntries.AnyAsync(row => row.UserId == userId, cancellation));
        Assert.False(await db.History.AnyAsync(row => row.UserId == userId, cancellation));
        Assert.False(await db.PendingChanges.AnyAsync(row => row.UserId == userId, cancellation));
        Assert.False(await db.KeptAnswers.AnyAsync(row => row.UserId == userId, cancellation));
    }
}
