using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Sandbox.LiveCheck;
using AnimeSync.Sandbox.Tests.Control;

namespace AnimeSync.Sandbox.Tests.LiveCheck;

public sealed class LiveCheckTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IAsyncLifetime
{
    private const string NoReferer = """{"match":"*","kind":"needs-referer"}""";

    public async ValueTask InitializeAsync()
    {
        await sandbox.Http.DeleteAsync("/_sandbox/faults");
        await sandbox.Http.DeleteAsync("/_sandbox/journal");
        await sandbox.SetLimitsAsync("""{"perMinute":30,"burst":100,"enabled":true}""");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_sandbox_confirms_everything_it_assumes_in_twelve_requests()
    {
        await AddAsync(NoReferer);

        var (exitCode, output) = await RunAsync(await sandbox.TokenOfAsync("rin"));
        var journal = await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/journal");

        Assert.DoesNotContain("different ", output);
        Assert.DoesNotContain("unchecked ", output);
        Assert.Equal(0, exitCode);
        Assert.Equal(LiveProbe.MostRequests, journal.GetProperty("total").GetInt32());
        Assert.All(
            journal.GetProperty("requests").EnumerateArray(),
            request => Assert.StartsWith("AnimeSync-live-check", request.GetProperty("userAgent").GetString())
        );
    }

    [Fact]
    public async Task As_the_guide_says_it_a_sandbox_with_its_limits_on_confirms_everything()
    {
        await using var limited = new LimitedSandbox();
        await limited.InitializeAsync();
        using var added = await limited.Http.PostAsync("/_sandbox/faults", ControlCalls.Json(NoReferer));
        using var output = new StringWriter();

        var exitCode = await LiveCheckCommand.RunAsync(
            LiveCheckOptions.Parse([
                "--graphql",
                limited.Http.BaseAddress!.ToString(),
                "--pause",
                "0.3",
                "--users",
                "5300101,5300102",
            ]),
            output
        );

        Assert.True(exitCode == 0, output.ToString());
    }

    [Fact]
    public async Task Without_a_token_everything_else_is_checked()
    {
        await AddAsync(NoReferer);

        var (exitCode, output) = await RunAsync(null);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("A token names its user", output);
        Assert.Contains(" 11 requests", output);
    }

    [Fact]
    public async Task An_answer_without_a_referer_differs_from_what_is_assumed()
    {
        var (exitCode, output) = await RunAsync(null);

        Assert.Equal(1, exitCode);
        Assert.Contains("different  Without a Referer the API is disabled (403): HTTP 200", output);
    }

    [Fact]
    public async Task Other_limits_are_reported_with_what_was_seen()
    {
        await AddAsync(NoReferer);
        await sandbox.SetLimitsAsync("""{"perMinute":30,"burst":100,"enabled":true,"advertised":90}""");

        var (exitCode, output) = await RunAsync(null);

        Assert.Equal(1, exitCode);
        Assert.Contains("different  X-RateLimit-Limit tells 30: 90", output);
    }

    [Theory]
    [InlineData("""{"match":"*","kind":"rate-limited","retryAfter":7}""", "the limit is reached (Retry-After 7)")]
    [InlineData("""{"match":"*","kind":"disabled"}""", "the API is disabled")]
    [InlineData("""{"match":"*","kind":"reset"}""", "no answer (")]
    [InlineData("""{"match":"*","kind":"hang"}""", "no answer in time")]
    public async Task Who_is_refused_stops_asking(string fault, string reason)
    {
        await AddAsync(fault);

        var (exitCode, output) = await RunAsync(null, "--timeout", "1");

        Assert.Equal(2, exitCode);
        Assert.Contains($"unchecked  The API answers a title with data and no errors: {reason}", output);
        Assert.Contains("0 confirmed, 0 different", output);
        Assert.Contains(" 1 requests", output);
    }

    [Theory]
    [InlineData("html", "HTTP 503 without JSON")]
    [InlineData("server-error", "HTTP 500: Internal Server Error")]
    [InlineData("truncated", "HTTP 200 without JSON")]
    [InlineData("huge", "no answer (")]
    public async Task A_broken_answer_teaches_nothing(string kind, string reason)
    {
        await AddAsync($$"""{"match":"*","kind":"{{kind}}","times":1}""");

        var (_, output) = await RunAsync(null);

        Assert.Contains($"unchecked  The API answers a title with data and no errors: {reason}", output);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string? token, params string[] more)
    {
        using var output = new StringWriter();
        var options = LiveCheckOptions.Parse([
            "--graphql",
            sandbox.Http.BaseAddress!.ToString(),
            "--pause",
            "0",
            "--users",
            "5300101,5300102",
            .. more,
        ]);
        return (await LiveCheckCommand.RunAsync(options with { Token = token }, output), output.ToString());
    }

    private async Task AddAsync(string rule)
    {
        using var answer = await sandbox.Http.PostAsync("/_sandbox/faults", ControlCalls.Json(rule));
        answer.EnsureSuccessStatusCode();
    }

    private sealed class LimitedSandbox() : SandboxFixture(["--limits", "on"]);
}
