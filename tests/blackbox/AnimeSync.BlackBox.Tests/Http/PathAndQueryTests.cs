using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class PathAndQueryTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Theory]
    [InlineData("page=abc")]
    [InlineData("page=")]
    [InlineData("page[]=1")]
    [InlineData("access_token=abc")]
    [InlineData("a&a")]
    public async Task A_query_that_the_route_does_not_know_is_400(string query)
    {
        var answers = await GetAsync($"/api/v1/me?{query}");

        Assert.Equal(400, answers.Status);
        Assert.Equal("validation-failed", answers.Only.Slug);
    }

    [Theory]
    [InlineData("page=%zz")]
    [InlineData("page=%c0%ae")]
    [InlineData("page=%ff")]
    [InlineData("page=%")]
    [InlineData("page=%00")]
    public async Task A_query_that_is_not_percent_encoded_UTF_8_is_400(string query)
    {
        var answers = await GetAsync($"/api/v1/me?{query}");

        Assert.Equal(400, answers.Status);
        Assert.Equal("malformed-request", answers.Only.Slug);
    }

    [Fact]
    public async Task Ten_thousand_parameters_do_not_fit_the_request_line()
    {
        var answers = await GetAsync($"/api/v1/me?{string.Join('&', Enumerable.Range(0, 10_000))}");

        Assert.Equal(414, answers.Status);
    }

    [Theory]
    [InlineData("/api/v1/%zz")]
    [InlineData("/api/v1/%c0%ae%c0%ae/me")]
    [InlineData("/api/v1/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/v1/..%5c..%5cwindows")]
    [InlineData("/api/v1/%252e%252e/me")]
    [InlineData("/a%2f..%2fapi/v1/me")]
    [InlineData("/../../etc/passwd")]
    [InlineData("/.env")]
    [InlineData("/.env.example")]
    [InlineData("/.git/HEAD")]
    [InlineData("/.git/config")]
    [InlineData("/appsettings.json")]
    [InlineData("/appsettings.Production.json")]
    [InlineData("/AnimeSync.Api.dll")]
    [InlineData("/app.db")]
    [InlineData("/animesync.db")]
    [InlineData("/.animesync/secrets.env")]
    [InlineData("/dump.sql")]
    [InlineData("/metrics")]
    [InlineData("/swagger")]
    [InlineData("/swagger/v1/swagger.json")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar")]
    [InlineData("/graphiql")]
    [InlineData("/boom")]
    [InlineData("/api/v1/nothing-here")]
    [InlineData("/api/v1/auth/sessions/..")]
    public async Task A_path_that_names_nothing_is_404_with_or_without_a_token(string path)
    {
        var known = await GetAsync(path);
        var anonymous = await _service.SendAsync(
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal([404, 404], [known.Status, anonymous.Status]);
        Assert.Equal("not-found", anonymous.Only.Slug);
    }

    [Fact]
    public async Task A_NUL_in_the_path_is_400()
    {
        var answers = await GetAsync("/api/v1/me%00");

        Assert.Equal(400, answers.Status);
    }

    private async Task<RawAnswers> GetAsync(string target) =>
        await _service.SendAsync(
            $"GET {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {await shared.AccessToken}\r\nConnection: close\r\n\r\n"
        );
}
