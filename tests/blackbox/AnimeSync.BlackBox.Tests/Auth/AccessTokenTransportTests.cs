using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>A token travels in one Authorization field and nowhere else (RFC 6750 §2, RFC 9700 §4.3.2).</summary>
public sealed class AccessTokenTransportTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Theory]
    [InlineData("Authorization: Bearer\r\n")]
    [InlineData("Authorization: Bearer \r\n")]
    [InlineData("Authorization: \r\n")]
    [InlineData("Authorization: Bearer  {0}\r\n")]
    [InlineData("Authorization: Bearer\t{0}\r\n")]
    [InlineData("Authorization: Bearer{0}\r\n")]
    [InlineData("Authorization: Bearer \"{0}\"\r\n")]
    [InlineData("Authorization: Bearer token={0}\r\n")]
    [InlineData("Authorization: {0}\r\n")]
    [InlineData("Authorization: Basic {0}\r\n")]
    [InlineData("Authorization: Basic cmluOnJpbg==\r\n")]
    [InlineData("Authorization: Token {0}\r\n")]
    [InlineData("Authorization: DPoP {0}\r\n")]
    [InlineData("Authorization: Bearer {0}, Bearer {0}\r\n")]
    [InlineData("Authorization: Bearer {0},\r\n")]
    [InlineData("Authorization: Basic cmluOnJpbg==, Bearer {0}\r\n")]
    [InlineData("Authorization: Bearer {0}\r\nAuthorization: Bearer {0}\r\n")]
    [InlineData("Authorization: Bearer x\r\nAuthorization: Bearer {0}\r\n")]
    [InlineData("Authorization: Basic cmluOnJpbg==\r\nAuthorization: Bearer {0}\r\n")]
    public async Task Anything_but_one_bearer_credential_is_refused(string headers)
    {
        var genuine = await shared.AccessToken;

        var answer = await AccessTokenRefusal.AskAsync(_service, string.Format(null, headers, genuine));

        AccessTokenRefusal.AssertRefused(answer, "token-invalid");
        Assert.Equal(200, (await AccessTokenRefusal.AskWithTokenAsync(_service, genuine)).Status);
        await _service.AssertAliveAsync();
    }

    /// <summary>RFC 9110 §5.5 and §11.1: that space is HTTP's, and a scheme has no case.</summary>
    [Theory]
    [InlineData("Authorization:Bearer {0}\r\n")]
    [InlineData("Authorization: Bearer {0} \t\r\n")]
    [InlineData("authorization: bEARER {0}\r\n")]
    public async Task White_space_around_the_field_and_the_case_of_the_scheme_do_not_matter(string headers)
    {
        var answer = await AccessTokenRefusal.AskAsync(
            _service,
            string.Format(null, headers, await shared.AccessToken)
        );

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("/api/v1/me?access_token={0}", "")]
    [InlineData("/api/v1/me?token={0}", "")]
    [InlineData("/api/v1/me", "Cookie: access_token={0}; animesync_access={0}; Authorization=Bearer {0}\r\n")]
    [InlineData(
        "/api/v1/me",
        "X-Access-Token: {0}\r\nProxy-Authorization: Bearer {0}\r\nX-Authorization: Bearer {0}\r\n"
    )]
    public async Task A_token_anywhere_else_is_ignored_and_not_logged(string path, string headers)
    {
        var genuine = await shared.AccessToken;

        var answer = await AccessTokenRefusal.AskAsync(
            _service,
            string.Format(null, headers, genuine),
            string.Format(null, path, genuine)
        );

        AccessTokenRefusal.AssertRefused(answer, "unauthenticated");
        Assert.DoesNotContain(genuine.Split('.')[2], answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(genuine.Split('.')[2], _service.Output, StringComparison.Ordinal);
        await _service.AssertAliveAsync();
    }

    [Theory]
    [InlineData("GET", "/api/v1/me")]
    [InlineData("DELETE", "/api/v1/me")]
    [InlineData("POST", "/graphql")]
    public async Task A_token_in_a_form_is_ignored_and_does_nothing(string method, string path)
    {
        var genuine = await shared.AccessToken;
        var form = $"access_token={genuine}";
        var usersBefore = await _service.Database.CountAsync("users");

        var answer = await _service.SendAsync(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + $"Content-Length: {Encoding.ASCII.GetByteCount(form)}\r\nConnection: close\r\n\r\n{form}"
        );

        AccessTokenRefusal.AssertRefused(answer.Only, "unauthenticated");
        Assert.Equal(usersBefore, await _service.Database.CountAsync("users"));
        Assert.DoesNotContain(genuine.Split('.')[2], _service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_beyond_the_servers_limit_is_refused_before_anything_reads_it()
    {
        var answers = await _service.SendAsync(
            $"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {new string('x', 33 * 1024)}\r\n\r\n"
        );

        Assert.Equal(431, answers.Status);
        Assert.True(answers.Closed);
        Assert.Empty(answers.Only.Body);
        await _service.AssertAliveAsync();
    }
}
