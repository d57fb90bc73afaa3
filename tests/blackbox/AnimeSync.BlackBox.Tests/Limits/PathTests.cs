using System.Globalization;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Limits;

[Collection(CountingService.Group)]
public sealed class PathTests(CountingService counting)
{
    [Theory]
    [InlineData("GET /auth/authorize")]
    [InlineData("HEAD /auth/authorize")]
    [InlineData("POST /auth/token")]
    [InlineData("PUT /auth/token")]
    [InlineData("OPTIONS /auth/token")]
    [InlineData("GET /AUTH/Authorize")]
    [InlineData("GET /auth/authorize/")]
    [InlineData("GET //auth//authorize")]
    [InlineData("GET /auth%2fauthorize")]
    [InlineData("GET /auth%2Fauthorize")]
    [InlineData("GET /%2fauth/authorize")]
    [InlineData("GET /%61uth/authorize")]
    [InlineData("GET /%41%55%54%48/authorize")]
    [InlineData("GET /./auth/authorize")]
    [InlineData("GET /x/../auth/authorize")]
    [InlineData("GET /x/%2e%2e/auth/authorize")]
    [InlineData("GET /auth/./authorize?a=1&a=2#/nothing")]
    [InlineData("GET /auth/authorize?noise=%2e%2e%2f&client_id=x")]
    [InlineData("GET /auth")]
    [InlineData("GET http://localhost/auth/authorize")]
    public async Task Every_spelling_and_method_of_sign_in_counts_as_sign_in(string request)
    {
        var address = Callers.NewAddress();
        for (var left = CountingService.AuthLimit - 1; left >= 0; left--)
        {
            // The plain spelling in between: both draw on one limit.
            var answer = await SendAsync(left % 2 == 0 ? request : "GET /auth/authorize", address);

            Assert.NotEqual(429, answer.Status);
            Assert.InRange(answer.Status, 200, 499);
            Assert.Contains($"\"auth\";r={left};", answer.Header("RateLimit"), StringComparison.Ordinal);
        }

        var refusal = await SendAsync(request, address);
        Assert.Equal(429, refusal.Status);
        Assert.StartsWith("\"auth\";r=0;", refusal.Header("RateLimit"), StringComparison.Ordinal);
        Assert.InRange(int.Parse(refusal.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        if (!request.StartsWith("HEAD", StringComparison.Ordinal))
        {
            Assert.Equal("quota-exceeded", refusal.Slug);
        }
    }

    [Fact]
    public async Task Every_spelling_method_and_header_of_anything_else_counts_once_for_its_address()
    {
        string[] requests =
        [
            "GET /nothing",
            "HEAD /nothing",
            "POST /nothing",
            "DELETE /nothing",
            "GET /NOTHING/",
            "GET //nothing",
            "GET /%6eothing",
            "GET /nothing?noise=1",
            "GET /api/v1/me",
            "GET /API/v1/ME/",
            "GET /api%2fv1/me",
            "OPTIONS /api/v1/me",
            "GET /healthz/../api/v1/me",
            "GET /Healthz2",
            "GET /healthz%2f",
            "GET /authx/y",
            "GET /.well-known/oauth-authorization-server",
        ];
        var address = Callers.NewAddress();
        for (var number = 0; number < requests.Length; number++)
        {
            var answer = await SendAsync(requests[number], address);

            Assert.StartsWith(
                $"\"address\";r={CountingService.AddressLimit - 1 - number};",
                answer.Header("RateLimit"),
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("\"auth\"", answer.Header("RateLimit"), StringComparison.Ordinal);
        }
    }

    private async Task<RawAnswer> SendAsync(string request, System.Net.IPAddress address)
    {
        var answers = await counting.Service.SendAsync(
            $"{request} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address}\r\n"
                + "hOsT-nOiSe: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        );
        return answers.Only;
    }
}
