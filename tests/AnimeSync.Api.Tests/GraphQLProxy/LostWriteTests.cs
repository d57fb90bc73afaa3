using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>AniList has changed a list, and its answer is lost.</summary>
public sealed class LostWriteTests : IAsyncLifetime
{
    private const string Save = "SaveMediaListEntry";

    private readonly TestApp _app = new();
    private SandboxControl _sandbox = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(
            new Dictionary<string, string?> { ["ANILIST_BURST"] = "1", ["ANILIST_REQUESTS_PER_MINUTE"] = "240" }
        );
        _sandbox = new(_app.Sandbox);
        // What it promises is what counts, and it is not held to it here.
        using var limited = await _sandbox.SendAsync(
            HttpMethod.Put,
            "limits",
            new
            {
                perMinute = 240,
                burst = 100,
                enabled = false,
            }
        );
        limited.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("reset-after")]
    [InlineData("truncated", 503)]
    public async Task An_edit_is_sent_again_and_the_list_is_what_was_asked_for(string kind, int? status = null)
    {
        const string Query =
            "mutation($id:Int,$notes:String){SaveMediaListEntry(mediaId:$id,status:CURRENT,progress:7,score:8.5,"
            + "repeat:2,notes:$notes,startedAt:{year:2024,month:2,day:29}){mediaId status progress repeat notes}}";
        using var client = await _app.SignedInClientAsync("solo");
        await _sandbox.FaultAsync(kind, match: Save, status: status);
        await _sandbox.ForgetAsync();

        using var answer = await client.PostAsJsonAsync(
            "/graphql",
            new { query = Query, variables = new { id = 5, notes = "twice \"quoted\" \n鬼" } },
            Cancellation
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(7, told.GetProperty("data").GetProperty(Save).GetProperty("progress").GetInt32());
        Assert.Equal(2, (await _sandbox.JournalAsync()).Count);
        var entry = await EntryAsync(5);
        Assert.Equal("CURRENT", entry.GetProperty("status").GetString());
        Assert.Equal(7, entry.GetProperty("progress").GetInt32());
        Assert.Equal(2, entry.GetProperty("repeat").GetInt32());
        Assert.Equal("twice \"quoted\" \n鬼", entry.GetProperty("notes").GetString());
        Assert.Equal(29, entry.GetProperty("startedAt").GetProperty("day").GetInt32());
    }

    [Fact]
    public async Task Edits_that_went_together_are_each_what_was_asked_for()
    {
        using var client = await _app.SignedInClientAsync("solo");
        var wentTogether = false;
        // On a busy machine a permit can come before the second edit does.
        for (var round = 0; round < 5 && !wentTogether; round++)
        {
            await _sandbox.FaultAsync("reset-after", match: Save);
            // So that there is no permit left for a first one to go alone.
            await client.DataAsync($"{{Viewer{{waited{round}:id}}}}");
            await _sandbox.ForgetAsync();

            var first = 900_100 + (10 * round);
            var answers = await Task.WhenAll(
                Enumerable.Range(1, 8).Select(i => client.DataAsync(Edit(first + i, progress: i)))
            );

            for (var i = 1; i <= 8; i++)
            {
                Assert.Equal($"{{\"data\":{{\"SaveMediaListEntry\":{{\"progress\":{i}}}}}}}", answers[i - 1]);
                Assert.Equal(i, (await EntryAsync(first + i)).GetProperty("progress").GetInt32());
            }

            // Two fields for each.
            var journal = await _sandbox.JournalAsync();
            wentTogether = journal.Any(request => request.GetProperty("complexity").GetInt32() > 2);
        }

        Assert.True(wentTogether);
    }

    [Fact]
    public async Task What_must_not_happen_twice_is_not_sent_again()
    {
        using var client = await _app.SignedInClientAsync("solo");
        await _sandbox.FaultAsync("reset-after", match: "ToggleFavourite");
        await _sandbox.ForgetAsync();

        using var answer = await client.AskAsync("mutation{ToggleFavourite(animeId:5){anime{nodes{id}}}}");

        await answer.ProblemAsync(503, "anilist-unavailable");
        Assert.Single(await _sandbox.JournalAsync());
        // The caller finds out by looking: it was done.
        Assert.Contains("true", await client.DataAsync("{Media(id:5){isFavourite}}"), StringComparison.Ordinal);
    }

    private static string Edit(int media, int progress) =>
        $"mutation{{SaveMediaListEntry(mediaId:{media},progress:{progress}){{progress}}}}";

    private async Task<JsonElement> EntryAsync(int media)
    {
        using var answer = await _sandbox.SendAsync(HttpMethod.Get, $"users/solo/list/{media}");
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
