using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class CorsTests(SharedService shared)
{
    private const string Allowed = "http://localhost:3000";

    private readonly Service _service = shared.Service;

    public static TheoryData<string> Strangers =>
        [
            "Origin: null\r\n",
            "Origin: http://localhost:3000.evil.com\r\n",
            "Origin: http://evil-localhost:3000\r\n",
            "Origin: http://localhost:30000\r\n",
            "Origin: https://localhost:3000\r\n",
            "Origin: http://127.0.0.1:3000\r\n",
            "Origin: http://localhost:3000/\r\n",
            "Origin: HTTP://LOCALHOST:3000\r\n",
            "Origin: http://localhost:3000@evil\r\n",
            "Origin: http://localhost\r\n",
            "Origin: http://localhost:3000 http://evil\r\n",
            "Origin: http://localhost:3000, http://evil\r\n",
            "Origin: http://localhost:3000\r\nOrigin: http://evil\r\n",
            "Origin: http://evil\r\nOrigin: http://localhost:3000\r\n",
            "Origin: file://\r\n",
            "Origin: chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh\r\n",
            "Origin: http://localhost:3000%60.evil\r\n",
            "Origin: *\r\n",
            "Origin: \r\n",
        ];

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Another_origin_gets_no_leave_to_read_and_no_preflight(string origin)
    {
        var simple = await _service.SendAsync(
            $"GET /healthz HTTP/1.1\r\nHost: localhost\r\n{origin}Connection: close\r\n\r\n"
        );
        var preflight = await _service.SendAsync(
            $"OPTIONS /api/v1/me HTTP/1.1\r\nHost: localhost\r\n{origin}Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal(200, simple.Status);
        Assert.Equal(204, preflight.Status);
        Assert.All(
            [simple.Only, preflight.Only],
            answer =>
            {
                Assert.DoesNotContain(
                    answer.Headers,
                    header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)
                );
                Assert.Contains("Origin", answer.Header("Vary"));
            }
        );
    }

    [Fact]
    public async Task The_allowed_origin_is_echoed_exactly_with_credentials()
    {
        var answer = (
            await _service.SendAsync(
                $"GET /healthz HTTP/1.1\r\nHost: localhost\r\nOrigin: {Allowed}\r\nConnection: close\r\n\r\n"
            )
        ).Only;

        Assert.Equal(Allowed, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("true", answer.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("Origin", answer.Header("Vary"));
        Assert.Equal(
            "RateLimit, RateLimit-Policy, Retry-After, ETag, Age, Location, X-AnimeSync-Source",
            answer.Header("Access-Control-Expose-Headers")
        );
    }

    [Theory]
    [InlineData("GET /api/v1/me", 401)]
    [InlineData("GET /nothing-here", 404)]
    [InlineData("PUT /healthz", 405)]
    [InlineData("GET /api/v1/me?x=%zz", 400)]
    public async Task Errors_can_be_read_by_the_allowed_origin_too(string line, int status)
    {
        var answers = await _service.SendAsync(
            $"{line} HTTP/1.1\r\nHost: localhost\r\nOrigin: {Allowed}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal(status, answers.Status);
        Assert.Equal(Allowed, answers.Only.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(
        "Access-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: authorization,content-type,x-csrf\r\n",
        true
    )]
    [InlineData("Access-Control-Request-Method: DELETE\r\n", true)]
    [InlineData("Access-Control-Request-Method: TRACE\r\n", false)]
    [InlineData("Access-Control-Request-Method: get\r\n", false)]
    [InlineData("Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: x-forwarded-for\r\n", false)]
    [InlineData("Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: *\r\n", false)]
    public async Task A_preflight_for_more_than_is_allowed_is_granted_nothing(string asked, bool granted)
    {
        var answer = (
            await _service.SendAsync(
                $"OPTIONS /api/v1/me HTTP/1.1\r\nHost: localhost\r\nOrigin: {Allowed}\r\n{asked}Access-Control-Request-Private-Network: true\r\nConnection: close\r\n\r\n"
            )
        ).Only;

        Assert.Equal(204, answer.Status);
        Assert.Equal(granted ? Allowed : null, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(granted, answer.Headers.Contains("Access-Control-Allow-Methods"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Private-Network"));
    }
}
