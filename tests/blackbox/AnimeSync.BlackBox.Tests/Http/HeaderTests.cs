using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

/// <summary>A service of its own, because it is brought to every status there is, and is broken in the end.</summary>
public sealed class HeaderTests
{
    private const string Origin = "http://localhost:3000";

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
        ["Access-Control-Allow-Origin"] = Origin,
        ["Access-Control-Allow-Credentials"] = "true",
        ["Access-Control-Expose-Headers"] =
            "RateLimit, RateLimit-Policy, Retry-After, ETag, Age, Location, X-AnimeSync-Source",
        ["Vary"] = "Origin",
    };

    [Fact]
    public async Task Every_status_has_the_security_headers_and_can_be_read_by_the_allowed_origin()
    {
        await using var service = await Service.StartAsync(
            new Dictionary<string, string?>
            {
                ["RATE_LIMIT_PER_MINUTE"] = "120",
                // Counted in this process: everybody here has the same address, and uses up its share.
                ["REDIS_URL"] = null,
            }
        );
        var token = $"Authorization: Bearer {(await service.SignInAsync()).AccessToken}\r\n";
        var json = $"{token}Content-Type: application/json\r\n";
        const string Authorize =
            "/auth/authorize?response_type=code&client_id=animesync-mobile&redirect_uri=http://127.0.0.1:4512/callback&state=s&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

        await AssertAsync(service, "GET /api/v1/me", token, 200);
        await AssertAsync(service, "POST /auth/logout", "", 204);
        await AssertAsync(service, $"GET {Authorize}", "", 302);
        await AssertAsync(service, "GET /api/v1/me?page=1", token, 400, "validation-failed");
        await AssertAsync(service, "GET /api/v1/me", "", 401, "unauthenticated");
        await AssertAsync(
            service,
            "POST /graphql",
            json,
            403,
            "operation-not-allowed",
            "{\"query\":\"subscription{a}\"}"
        );
        await AssertAsync(service, "GET /nothing-here", "", 404, "not-found");
        await AssertAsync(service, "PUT /healthz", "", 405, "method-not-allowed");
        await AssertAsync(service, "POST /graphql", json, 413, "payload-too-large", new string(' ', 65 * 1024));
        await AssertAsync(
            service,
            "POST /graphql",
            $"{token}Content-Type: text/plain\r\n",
            415,
            "unsupported-media-type",
            "a"
        );
        await PlayFaultAsync(service, "html");
        await AssertAsync(service, "POST /graphql", json, 502, "anilist-bad-response", "{\"query\":\"{Viewer{id}}\"}");
        await PlayFaultAsync(service, "disabled");
        await AssertAsync(service, "POST /graphql", json, 503, "anilist-unavailable", "{\"query\":\"{Viewer{id}}\"}");

        // Past the limit for /auth, twenty a minute here.
        const string Logout = "POST /auth/logout HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        await service.SendAsync(string.Concat(Enumerable.Repeat(Logout, 20)));
        var limited = await AssertAsync(service, "POST /auth/logout", "", 429, "quota-exceeded");
        Assert.NotNull(limited.Header("Retry-After"));
        Assert.NotNull(limited.Header("RateLimit"));

        await service.Database.ExecuteAsync("ALTER TABLE users RENAME TO users_gone");
        var failed = await AssertAsync(service, "GET /api/v1/me", token, 500, "internal");
        await service.AssertAliveAsync();

        // The one thing that a person can quote to an operator leads to the log.
        var trace = Regex.Match(failed.Body, "\"traceId\":\"([^\"]+)\"").Groups[1].Value;
        await Eventually.BecomesAsync(
            true,
            () => Task.FromResult(service.Output.Contains(trace, StringComparison.Ordinal))
        );
    }

    private static async Task<RawAnswer> AssertAsync(
        Service service,
        string line,
        string headers,
        int status,
        string? slug = null,
        string body = ""
    )
    {
        var answer = (
            await service.SendAsync(
                $"{line} HTTP/1.1\r\nHost: localhost\r\nOrigin: {Origin}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"
            )
        ).Only;

        Assert.True(answer.Status == status, $"{line}: {answer.Status} {answer.Body}");
        Assert.Equal(slug, answer.Slug);
        Assert.All(
            _headers,
            header => Assert.Equal($"{status} {header}", $"{status} [{header.Key}, {answer.Header(header.Key)}]")
        );
        Assert.All(
            ["Server", "X-Powered-By", "X-AspNet-Version", "Strict-Transport-Security"],
            name => Assert.Null(answer.Header(name))
        );
        Assert.DoesNotMatch(ProxiedService.Leak(), answer.Body);
        if (slug is not null)
        {
            Assert.Equal("application/problem+json", answer.Header("Content-Type"));
            Assert.Contains("\"traceId\":\"", answer.Body);
        }

        return answer;
    }

    private static async Task PlayFaultAsync(Service service, string kind)
    {
        using var control = new HttpClient { BaseAddress = service.Sandbox };
        await control.PostAsJsonAsync(
            "/_sandbox/faults",
            new
            {
                match = "*",
                kind,
                // A page instead of an answer is asked for once more.
                times = 2,
            }
        );
    }
}
