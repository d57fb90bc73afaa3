using System.Net;
using System.Text.Json;
using AnimeSync.Api.Data;
using AnimeSync.Api.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Library;

public sealed class ListTests(LibraryApp library) : IClassFixture<LibraryApp>
{
    [Theory]
    [InlineData("mediaId")]
    [InlineData("-mediaId")]
    [InlineData("title")]
    [InlineData("-title")]
    [InlineData("score")]
    [InlineData("-score")]
    [InlineData("progress")]
    [InlineData("-createdAt")]
    [InlineData("updatedAt")]
    public async Task Page_by_page_every_entry_comes_once_and_in_order(string sort)
    {
        using var me = await library.NewPersonAsync();
        foreach (var id in (int[])[LibraryApp.Airing, 900, LibraryApp.Finished, 901, 902])
        {
            await me.PutAsync(
                id,
                new
                {
                    status = "PLANNING",
                    score = id % 2 * 50,
                    progress = id % 3,
                }
            );
        }

        var whole = Ids(await me.GetAsync($"/api/v1/me/list?sort={sort}"));
        var pages = new List<int>();
        string? cursor = null;
        do
        {
            var next = cursor is null ? string.Empty : $"&cursor={cursor}";
            var page = await me.GetAsync($"/api/v1/me/list?limit=2&sort={sort}{next}");
            pages.AddRange(Ids(page));
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);

        Assert.Equal(5, whole.Distinct().Count());
        Assert.Equal(whole, pages);
        var other = sort.StartsWith('-') ? sort[1..] : $"-{sort}";
        Assert.Equal(whole.AsEnumerable().Reverse(), Ids(await me.GetAsync($"/api/v1/me/list?sort={other}")));
    }

    [Fact]
    public async Task Filters_are_all_of_them_together()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(LibraryApp.Finished, new { status = "COMPLETED", score = 80 });
        await me.PutAsync(LibraryApp.Airing, new { status = "CURRENT", score = 60 });
        await me.PutAsync(900, new { status = "DROPPED", customLists = new[] { "50% \"off\"_", "b" } });

        async Task<List<int>> AskAsync(string query) => Ids(await me.GetAsync($"/api/v1/me/list?sort=mediaId&{query}"));
        Assert.Equal([LibraryApp.Finished, 900], await AskAsync("status=COMPLETED,DROPPED"));
        Assert.Equal([LibraryApp.Finished], await AskAsync("minScore=70"));
        Assert.Equal([LibraryApp.Airing], await AskAsync("minScore=1&maxScore=79"));
        Assert.Equal([LibraryApp.Finished], await AskAsync("search=beBOP"));
        Assert.Equal([LibraryApp.Finished, LibraryApp.Airing], await AskAsync("format=TV,MOVIE&seasonYear=1998"));
        Assert.Empty(await AskAsync("status=COMPLETED&search=ariel"));
        Assert.Equal([900], await AskAsync($"customList={Uri.EscapeDataString("50% \"off\"_")}"));
        Assert.Empty(await AskAsync($"customList={Uri.EscapeDataString("50%_")}"));
        Assert.Empty(await AskAsync("customList=off"));
    }

    [Theory]
    [InlineData("status=current", "status")]
    [InlineData("sort=name", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("minScore=x", "minScore")]
    [InlineData("seasonYear=-1", "seasonYear")]
    [InlineData("search=", "search")]
    [InlineData("page=2", "page")]
    public async Task A_query_that_makes_no_sense_is_refused_by_name(string query, string parameter)
    {
        using var me = await library.NewPersonAsync();

        using var answer = await me.SendAsync(HttpMethod.Get, $"/api/v1/me/list?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Fact]
    public async Task Scores_are_shown_and_entered_in_the_persons_own_format_and_kept_raw()
    {
        using var me = await library.NewPersonAsync();
        await me.PutAsync(LibraryApp.Finished, new { status = "COMPLETED", score = 87 });
        var userId = Guid.Parse((await me.GetAsync("/api/v1/me")).GetProperty("id").GetString()!);
        await using var scope = library.App.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        await db
            .UserLists.Where(list => list.UserId == userId)
            .ExecuteUpdateAsync(
                list => list.SetProperty(row => row.ScoreFormat, ScoreFormat.Point5),
                TestContext.Current.CancellationToken
            );

        var shown = await me.GetAsync(LibraryClient.PathOf(LibraryApp.Finished));
        Assert.Equal(5, shown.GetProperty("score").GetDouble());
        await me.PatchAsync(LibraryApp.Finished, new { score = 5, progress = 26 });
        Assert.Equal([LibraryApp.Finished], Ids(await me.GetAsync("/api/v1/me/list?minScore=5")));

        var raw = await db.ListEntries.SingleAsync(row => row.UserId == userId, TestContext.Current.CancellationToken);
        Assert.Equal(87, raw.Fields.Score);
    }

    private static List<int> Ids(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("mediaId").GetInt32())];
}
