using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class ContentTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Theory]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: gzip\r\n")]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: br\r\n")]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: identity, gzip\r\n")]
    [InlineData("Content-Type: application/x-www-form-urlencoded; charset=utf-16\r\n")]
    [InlineData("Content-Type: application/x-www-form-urlencoded; charset=foo\r\n")]
    public async Task A_body_in_another_coding_or_charset_is_415(string headers)
    {
        var answers = await _service.SendAsync(
            $"POST /auth/token HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: 3\r\nConnection: close\r\n\r\na=b"
        );

        Assert.Equal(415, answers.Status);
        Assert.Equal("unsupported-media-type", answers.Only.Slug);
    }

    [Theory]
    [InlineData("Range: bytes=0-1")]
    [InlineData("If-None-Match: *")]
    [InlineData("If-Match: \"nothing\"")]
    [InlineData("If-Match: *")]
    [InlineData("If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Accept: text/html")]
    [InlineData("Accept: */*;q=0")]
    [InlineData("Accept-Charset: utf-16")]
    public async Task Conditions_and_preferences_do_not_change_a_json_answer(string header)
    {
        var answers = await _service.SendAsync(
            $"GET /healthz HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal(200, answers.Status);
        Assert.StartsWith("application/json", answers.Only.Header("Content-Type"));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("*/*;q=0")]
    [InlineData("application/graphql-response+json")]
    [InlineData("garbage")]
    public async Task A_refusal_is_a_whole_problem_document_whatever_is_accepted(string accept)
    {
        var answers = await _service.SendAsync(
            $"GET /nothing-here HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal((404, "not-found"), (answers.Status, answers.Only.Slug));
        Assert.Equal("application/problem+json", answers.Only.Header("Content-Type"));
        Assert.Contains("\"traceId\":\"", answers.Only.Body);
    }

    [Fact]
    public async Task New_tokens_are_never_compressed_or_stored()
    {
        var signedIn = await _service.SignInAsync("mika");
        var form = $"grant_type=refresh_token&client_id=animesync-mobile&refresh_token={signedIn.RefreshToken}";

        var answers = await _service.SendAsync(
            $"POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\nAccept-Encoding: gzip, br, zstd\r\nConnection: close\r\n\r\n{form}"
        );

        Assert.Equal(200, answers.Status);
        Assert.Contains("\"access_token\":\"", answers.Only.Body);
        Assert.Null(answers.Only.Header("Content-Encoding"));
        Assert.Equal("no-store", answers.Only.Header("Cache-Control"));
    }

    [Fact]
    public async Task Answers_with_secrets_are_never_compressed_or_stored()
    {
        var token = await shared.AccessToken;

        var answers = await _service.SendAsync(
            $"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nAccept-Encoding: gzip, br, deflate\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal(200, answers.Status);
        Assert.Null(answers.Only.Header("Content-Encoding"));
        Assert.Equal("no-store", answers.Only.Header("Cache-Control"));
    }
}
