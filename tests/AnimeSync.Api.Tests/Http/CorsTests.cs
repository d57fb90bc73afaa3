using System.Net;

namespace AnimeSync.Api.Tests.Http;

public sealed class CorsTests(MappedEdges edges) : IClassFixture<MappedEdges>
{
    [Fact]
    public async Task An_allowed_origin_may_read_answers_and_errors_and_the_headers_it_needs()
    {
        var host = edges.Host;

        foreach (var path in new[] { "/healthz", "/nothing-here", "/test/throws", "/api/v1/test/secret" })
        {
            var answer = await Send(host, HttpMethod.Get, path, "http://localhost:3000");

            Assert.Equal("http://localhost:3000", Header(answer, "Access-Control-Allow-Origin"));
            Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
            Assert.Equal(
                "RateLimit, RateLimit-Policy, Retry-After, ETag, Age, Location, X-AnimeSync-Source",
                Header(answer, "Access-Control-Expose-Headers")
            );
            Assert.Contains("Origin", answer.Headers.Vary);
        }
    }

    [Fact]
    public async Task Answers_vary_by_origin_even_when_none_was_sent()
    {
        var host = edges.Host;

        var answer = await host.Public.GetAsync("/healthz");

        Assert.Contains("Origin", answer.Headers.Vary);
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("PATCH", "authorization, content-type, x-csrf, if-match, if-none-match, idempotency-key", true)]
    [InlineData("DELETE", "", true)]
    [InlineData("TRACE", "", false)]
    [InlineData("GET", "x-evil", false)]
    [InlineData("GET", "authorization, x-evil", false)]
    public async Task A_preflight_is_granted_whole_or_not_at_all(string method, string headers, bool granted)
    {
        var host = edges.Host;
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/me");
        request.Headers.Add("Origin", "http://localhost:3000");
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        request.Headers.Add("Access-Control-Request-Private-Network", "true");

        var answer = await host.Public.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(granted ? "http://localhost:3000" : null, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(granted, answer.Headers.Contains("Access-Control-Allow-Headers"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Private-Network"));
    }

    [Fact]
    public async Task The_other_listeners_grant_nothing_to_browsers()
    {
        var host = edges.Host;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version");
        request.Headers.Add("Origin", "http://localhost:3000");

        var answer = await host.Admin.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    private static Task<HttpResponseMessage> Send(EdgeHost host, HttpMethod method, string path, string origin)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        return host.Public.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
