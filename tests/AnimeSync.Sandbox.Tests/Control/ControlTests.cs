using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class ControlTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task The_journal_tells_what_came_and_from_whom()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = JsonContent.Create(new { query = "query Who { Viewer { id name } }", operationName = "Who" }),
        };
        request.Headers.Authorization = new("Bearer", await sandbox.TokenOfAsync("mika"));
        request.Headers.Referrer = new Uri("http://localhost:8000/");
        request.Headers.UserAgent.ParseAdd("AnimeSync/1.0");
        await sandbox.Http.DeleteAsync("/_sandbox/journal");
        await sandbox.Http.SendAsync(request);

        var journal = await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/journal");
        var entry = journal.GetProperty("requests")[0];

        Assert.Equal(1, journal.GetProperty("total").GetInt32());
        Assert.Equal("Who", entry.GetProperty("operation").GetString());
        Assert.Equal("mika", entry.GetProperty("user").GetString());
        Assert.Equal(3, entry.GetProperty("complexity").GetInt32());
        Assert.Equal(200, entry.GetProperty("status").GetInt32());
        Assert.False(entry.GetProperty("limited").GetBoolean());
        Assert.True(entry.GetProperty("authorization").GetBoolean());
        Assert.Equal("http://localhost:8000/", entry.GetProperty("referer").GetString());
        Assert.Equal("AnimeSync/1.0", entry.GetProperty("userAgent").GetString());
    }

    [Fact]
    public async Task Revoked_tokens_are_invalid_and_new_ones_work()
    {
        var revoked = await sandbox.TokenOfAsync("solo");
        await sandbox.DeleteTokensAsync("solo");
        var fresh = await sandbox.TokenOfAsync("solo");

        var (status, body) = await sandbox.RefusalAsync("{ Media(id: 1) { id } }", token: revoked);

        Assert.Equal(400, status);
        Assert.Contains("Invalid token", body);
        Assert.Equal(
            "solo",
            (await sandbox.DataAsync("{ Viewer { name } }", token: fresh))
                .GetProperty("Viewer")
                .GetProperty("name")
                .GetString()
        );
    }

    [Fact]
    public async Task A_renamed_user_keeps_id_and_token()
    {
        var token = await sandbox.TokenOfAsync("empty");
        using var answer = await sandbox.Http.PutAsJsonAsync("/_sandbox/users/empty", new { name = "hollow" });
        var viewer = (await sandbox.DataAsync("{ Viewer { id name } }", token: token)).GetProperty("Viewer");
        using var taken = await sandbox.Http.PutAsJsonAsync("/_sandbox/users/hollow", new { name = "rin" });
        await sandbox.Http.PutAsJsonAsync("/_sandbox/users/hollow", new { name = "empty" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(5300103, viewer.GetProperty("id").GetInt32());
        Assert.Equal("hollow", viewer.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("two words")]
    [InlineData("../solo")]
    [InlineData("nä")]
    [InlineData("a23456789012345678901")]
    public async Task A_name_that_AniList_would_not_take_is_refused(string name)
    {
        using var answer = await sandbox.Http.PutAsJsonAsync("/_sandbox/users/archive", new { name });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/_sandbox/users/nobody/tokens", HttpStatusCode.NotFound)]
    [InlineData("GET", "/_sandbox/nothing", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_404(string method, string path, HttpStatusCode expected)
    {
        using var answer = await sandbox.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/_sandbox/faults", """{"match":"*","kind":"nonsense"}""")]
    [InlineData("/_sandbox/faults", """{"match":"*"}""")]
    [InlineData("/_sandbox/faults", """{"kind":"hang"}""")]
    [InlineData("/_sandbox/faults", """{"match":"*","kind":"hang","time":1}""")]
    [InlineData("/_sandbox/faults", "{")]
    public async Task A_rule_that_makes_no_sense_is_refused(string path, string body)
    {
        using var answer = await sandbox.Http.PostAsync(
            path,
            new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
