using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class FaultTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IAsyncDisposable
{
    private const string Query = "query Ask { Media(id: 1) { id } }";

    public async ValueTask DisposeAsync() => await sandbox.Http.DeleteAsync("/_sandbox/faults");

    [Theory]
    [InlineData("disabled", 403, "application/json", "temporarily disabled due to severe stability issues")]
    [InlineData("server-error", 500, "application/json", "Internal Server Error")]
    [InlineData("html", 503, "text/html", "<!DOCTYPE html>")]
    [InlineData("invalid-token", 400, "application/json", "Invalid token")]
    [InlineData("wrong-type", 200, "text/plain", """{"data":{"Media":{"id":1}}}""")]
    [InlineData("truncated", 200, "application/json", """{"data":{"Me""")]
    [InlineData("redirect", 302, "application/json", "")]
    [InlineData("empty-object", 200, "application/json", "{}")]
    public async Task A_fault_is_played_as_often_as_asked(string kind, int status, string contentType, string body)
    {
        await sandbox.AddFaultAsync(
            new
            {
                match = "Ask",
                kind,
                times = 1,
            }
        );

        using var spoiled = await sandbox.PostAsync(Query);
        using var after = await sandbox.PostAsync(Query);

        Assert.Equal(status, (int)spoiled.StatusCode);
        Assert.Equal(contentType, spoiled.Content.Headers.ContentType?.MediaType);
        Assert.Contains(body, await spoiled.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("Media", true)]
    [InlineData("Ask", true)]
    [InlineData("Viewer", false)]
    [InlineData("token", false)]
    public async Task A_rule_matches_all_an_operation_or_a_root_field(string match, bool expected)
    {
        await sandbox.AddFaultAsync(new { match, kind = "disabled" });

        using var answer = await sandbox.PostAsync(Query);

        Assert.Equal(expected ? HttpStatusCode.Forbidden : HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Rate_limited_says_how_long()
    {
        await sandbox.AddFaultAsync(
            new
            {
                match = "*",
                kind = "rate-limited",
                times = 1,
                retryAfter = 7,
            }
        );

        using var answer = await sandbox.PostAsync(Query);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_missing_referer_can_be_refused_as_AniList_has_done()
    {
        await sandbox.AddFaultAsync(new { match = "*", kind = "needs-referer" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = JsonContent.Create(new { query = Query }),
        };
        request.Headers.Referrer = new Uri("http://localhost/");

        using var without = await sandbox.PostAsync(Query);
        using var with = await sandbox.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Fact]
    public async Task A_reset_breaks_the_connection()
    {
        await sandbox.AddFaultAsync(
            new
            {
                match = "*",
                kind = "reset",
                times = 1,
            }
        );

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.PostAsync(Query));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("slow")]
    public async Task An_answer_can_take_longer_than_anyone_waits(string kind)
    {
        await sandbox.AddFaultAsync(
            new
            {
                match = "*",
                kind,
                times = 1,
            }
        );
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(600));
        using var content = JsonContent.Create(new { query = Query });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            sandbox.Http.PostAsync("/", content, impatience.Token)
        );
    }

    [Fact]
    public async Task A_huge_answer_is_twenty_megabytes()
    {
        await sandbox.AddFaultAsync(
            new
            {
                match = "*",
                kind = "huge",
                times = 1,
            }
        );

        using var answer = await sandbox.PostAsync(Query);

        Assert.Equal(20 * 1024 * 1024, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("bad-request", 400, "invalid_grant")]
    [InlineData("unauthorized", 401, "invalid_client")]
    [InlineData("server-error", 500, "Server Error")]
    [InlineData("html", 200, "<!DOCTYPE html>")]
    [InlineData("empty-object", 200, "{}")]
    [InlineData("wrong-token-type", 200, "\"token_type\":\"mac\"")]
    [InlineData("newline-token", 200, "first\\r\\nX-Injected: 1")]
    [InlineData("redirect", 302, "")]
    [InlineData("huge", 200, "aaaa")]
    public async Task The_token_endpoint_has_faults_of_its_own(string kind, int status, string body)
    {
        await sandbox.AddFaultAsync(
            new
            {
                match = "token",
                kind,
                times = 1,
            }
        );

        using var answer = await sandbox.Http.PostAsync("/api/v2/oauth/token", new FormUrlEncodedContent([]));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(body, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_rules_can_be_read_and_cleared()
    {
        await sandbox.AddFaultAsync(
            new
            {
                match = "Viewer",
                kind = "disabled",
                times = 3,
            }
        );
        var before = await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/faults");
        await sandbox.Http.DeleteAsync("/_sandbox/faults");
        var after = await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/faults");

        Assert.Equal(3, before[0].GetProperty("times").GetInt32());
        Assert.Equal(0, after.GetArrayLength());
    }
}
