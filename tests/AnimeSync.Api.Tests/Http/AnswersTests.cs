using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnimeSync.Api.Tests.Http;

public sealed partial class AnswersTests(MappedEdges edges) : IClassFixture<MappedEdges>
{
    private static readonly Dictionary<string, string> _headers = new()
    {
        ["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ["X-Content-Type-Options"] = "nosniff",
        ["X-Frame-Options"] = "DENY",
        ["Referrer-Policy"] = "no-referrer",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-site",
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ["Cache-Control"] = "no-store",
    };

    [Fact]
    public async Task Every_status_carries_the_security_headers_and_nothing_about_the_server()
    {
        var host = edges.Host;
        int[] codes = [200, 204, 302, 400, 401, 403, 404, 405, 413, 415, 429, 500, 503];

        foreach (var code in codes)
        {
            var answer = await host.Public.GetAsync($"/test/status/{code}");

            Assert.Equal(code, (int)answer.StatusCode);
            foreach (var (name, value) in _headers)
            {
                Assert.Equal(value, string.Join("", answer.Headers.GetValues(name)));
            }

            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("X-Powered-By"));
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        }
    }

    [Theory]
    [InlineData("/test/status/400", 400, "malformed-request")]
    [InlineData("/test/status/403", 403, "forbidden")]
    [InlineData("/test/status/429", 429, "quota-exceeded")]
    [InlineData("/nothing-here", 404, "not-found")]
    [InlineData("/api/v1/nothing-here", 404, "not-found")]
    [InlineData("/api/v1/test/secret", 401, "unauthenticated")]
    [InlineData("/test/throws", 500, "internal")]
    [InlineData("/test/outage", 503, "temporarily-unavailable")]
    [InlineData("/api/v1/test/page?page=abc", 400, "validation-failed")]
    public async Task A_refusal_is_a_problem_document_without_a_word_about_the_inside(
        string path,
        int status,
        string slug
    )
    {
        var host = edges.Host;

        var answer = await host.Public.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        var problem = JsonDocument.Parse(body).RootElement;

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"/problems/{slug}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.DoesNotMatch(Leak(), body);
    }

    [Fact]
    public async Task A_database_outage_says_when_to_come_back()
    {
        var host = edges.Host;

        var answer = await host.Public.GetAsync("/test/outage");

        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_wrong_method_is_405_with_the_right_ones()
    {
        var host = edges.Host;

        var answer = await host.Public.PostAsync("/healthz", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
        Assert.Contains("/problems/method-not-allowed", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_route_may_say_itself_how_long_its_answer_keeps()
    {
        var host = edges.Host;

        var answer = await host.Public.GetAsync("/test/kept");

        Assert.Equal("max-age=60, private", answer.Headers.CacheControl?.ToString());
    }

    [GeneratedRegex(@"(at \w+\.|Npgsql|Exception|/src/|/home/|10\.\d+\.|SELECT|eyJ)")]
    private static partial Regex Leak();
}
