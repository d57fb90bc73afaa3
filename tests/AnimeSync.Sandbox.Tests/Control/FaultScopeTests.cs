using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class FaultScopeTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IAsyncDisposable
{
    private const string Query = "query Ask { Media(id: 1) { id title { romaji } } }";

    public async ValueTask DisposeAsync()
    {
        await sandbox.Http.DeleteAsync("/_sandbox/faults");
        await sandbox.SetClockAsync(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_rule_can_be_for_one_user_only()
    {
        await AddAsync("""{"match":"*","kind":"disabled","user":"rin"}""");

        Assert.Equal(403, (await sandbox.RefusalAsync(Query, token: await sandbox.TokenOfAsync("rin"))).Status);
        Assert.Equal(200, (await sandbox.RefusalAsync(Query, token: await sandbox.TokenOfAsync("mika"))).Status);
        Assert.Equal(200, (await sandbox.RefusalAsync(Query)).Status);
    }

    [Fact]
    public async Task A_rule_can_spoil_one_users_sign_in()
    {
        await AddAsync("""{"match":"token","kind":"server-error","user":"rin"}""");

        Assert.Equal(HttpStatusCode.InternalServerError, await SignInAsync("rin"));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync("mika"));
    }

    [Fact]
    public async Task A_rule_ends_when_its_time_is_over()
    {
        var until = (await sandbox.ClockAsync()).AddMinutes(10);
        await AddAsync($$"""{"match":"*","kind":"disabled","until":"{{until:O}}"}""");
        var before = await sandbox.RefusalAsync(Query);
        await sandbox.AdvanceAsync(601);
        var after = await sandbox.RefusalAsync(Query);
        var listed = await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/faults");

        Assert.Equal((403, 200), (before.Status, after.Status));
        Assert.Equal(0, listed.GetArrayLength());
    }

    [Theory]
    [InlineData(502, "Bad Gateway")]
    [InlineData(503, "Service Unavailable")]
    public async Task A_server_error_can_be_each_of_them(int status, string message)
    {
        await AddAsync($$"""{"match":"*","kind":"server-error","status":{{status}}}""");

        var refusal = await sandbox.RefusalAsync(Query);

        Assert.Equal(status, refusal.Status);
        Assert.Equal($$"""{"errors":[{"message":"{{message}}","status":{{status}}}],"data":null}""", refusal.Body);
    }

    [Fact]
    public async Task A_dead_token_can_be_told_inside_a_200()
    {
        await AddAsync("""{"match":"*","kind":"invalid-token","status":200}""");

        var refusal = await sandbox.RefusalAsync(Query);

        Assert.Equal(200, refusal.Status);
        Assert.Equal(
            """{"errors":[{"message":"Invalid token","status":400,"locations":[{"line":1,"column":13}]}],"data":{"Media":null}}""",
            refusal.Body
        );
    }

    [Theory]
    [InlineData(Query, """{"Media":{"id":1,"title":null}}""")]
    [InlineData("{ a: Media(id: 1) { id } b: Media(id: 6) { id } }", """{"a":{"id":1},"b":null}""")]
    [InlineData("{ Media(id: 1) { id } }", """{"Media":null}""")]
    [InlineData("{ Page { media(id_in: [1, 6]) { id } } }", """{"Page":{"media":[{"id":1},null]}}""")]
    public async Task A_partial_answer_lacks_something_and_says_so_inside_a_200(string query, string data)
    {
        await AddAsync("""{"match":"*","kind":"partial"}""");

        var (status, body) = await sandbox.RefusalAsync(query);
        var answer = JsonDocument.Parse(body).RootElement;

        Assert.Equal(200, status);
        Assert.Equal(data, answer.GetProperty("data").GetRawText());
        Assert.Equal(500, answer.GetProperty("errors")[0].GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("partial", "\"errors\"")]
    [InlineData("truncated", "{\"data\":")]
    [InlineData("wrong-type", "{\"data\":")]
    [InlineData("clock-skew", "{\"data\":")]
    [InlineData("slow", "{")]
    public async Task A_spoiled_answer_can_have_another_status_too(string kind, string body)
    {
        await AddAsync($$"""{"match":"*","kind":"{{kind}}","status":502,"times":1}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = JsonContent.Create(new { query = Query }),
        };
        using var answer = await sandbox.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var start = new byte[body.Length + 1];
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(start);
        var journal = await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/journal");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains(body, System.Text.Encoding.UTF8.GetString(start));
        Assert.Equal(502, journal.GetProperty("requests").EnumerateArray().Last().GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("reset", 0)]
    [InlineData("reset-after", 7)]
    public async Task A_mutation_whose_answer_is_lost_is_applied_or_not_by_the_kind(string kind, int progress)
    {
        var token = await sandbox.TokenOfAsync("empty");
        await sandbox.DataAsync("mutation { SaveMediaListEntry(mediaId: 6, progress: 0) { id } }", token: token);
        await AddAsync($$"""{"match":"SaveMediaListEntry","kind":"{{kind}}","times":1}""");

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            sandbox.PostAsync("mutation { SaveMediaListEntry(mediaId: 6, progress: 7) { id } }", token: token)
        );

        var entry = await sandbox.DataAsync("{ MediaList(userName: \"empty\", mediaId: 6) { progress } }");
        Assert.Equal(progress, entry.GetProperty("MediaList").GetProperty("progress").GetInt32());
    }

    [Theory]
    [InlineData("""{"match":"*","kind":"clock-skew"}""", 600)]
    [InlineData("""{"match":"*","kind":"clock-skew","skew":-7200}""", -7200)]
    public async Task A_server_clock_can_be_wrong_in_the_date_only(string rule, int skew)
    {
        await AddAsync(rule);

        using var answer = await sandbox.PostAsync(Query);
        var now = await sandbox.ClockAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange((answer.Headers.Date!.Value - now).TotalSeconds, skew - 60, skew + 1);
    }

    [Theory]
    [InlineData("""{"match":"*","kind":"hang","user":"nobody"}""")]
    [InlineData("""{"match":"*","kind":"hang","times":0}""")]
    [InlineData("""{"match":"*","kind":"hang","status":99}""")]
    [InlineData("""{"match":"*","kind":"html","status":199}""")]
    [InlineData("""{"match":"*","kind":"html","status":204}""")]
    [InlineData("""{"match":"*","kind":"html","status":205}""")]
    [InlineData("""{"match":"*","kind":"html","status":304}""")]
    [InlineData("""{"match":"*","kind":"html","status":600}""")]
    [InlineData("""{"match":"","kind":"hang"}""")]
    [InlineData("""{"match":" ","kind":"hang"}""")]
    [InlineData("""{"match":"*","kind":"hang","skew":5}""")]
    [InlineData("""{"match":"*","kind":"hang","until":"soon"}""")]
    [InlineData("""{"match":"*","kind":"rate-limited","retryAfter":-1}""")]
    public async Task A_rule_that_could_never_be_played_is_refused(string rule)
    {
        using var answer = await sandbox.Http.PostAsync("/_sandbox/faults", ControlCalls.Json(rule));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task AddAsync(string rule)
    {
        using var answer = await sandbox.Http.PostAsync("/_sandbox/faults", ControlCalls.Json(rule));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private async Task<HttpStatusCode> SignInAsync(string user)
    {
        const string RedirectUri = "http://localhost/back";
        using var approved = await sandbox.Http.GetAsync(
            $"/api/v2/oauth/authorize?client_id=7&response_type=code&redirect_uri={RedirectUri}&sandbox_user={user}"
        );
        using var answer = await sandbox.Http.PostAsJsonAsync(
            "/api/v2/oauth/token",
            new
            {
                grant_type = "authorization_code",
                client_id = "7",
                redirect_uri = RedirectUri,
                code = System.Web.HttpUtility.ParseQueryString(approved.Headers.Location!.Query)["code"],
            }
        );
        return answer.StatusCode;
    }
}
