using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class MethodTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Theory]
    [InlineData("TRACE /healthz HTTP/1.1\r\nHost: localhost\r\nX-Secret: abc\r\nConnection: close\r\n\r\n", 405)]
    [InlineData("POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 405)]
    [InlineData("CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\nConnection: close\r\n\r\n", 405)]
    [InlineData("PROPFIND /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405)]
    public async Task A_method_that_is_not_served_is_405_with_those_that_are(string request, int status)
    {
        var answers = await _service.SendAsync(request);

        Assert.Equal(status, answers.Status);
        Assert.Equal("method-not-allowed", answers.Only.Slug);
        Assert.Contains("GET", answers.Only.Header("Allow"));
        Assert.DoesNotContain("X-Secret", answers.Only.Body);
    }

    [Theory]
    [InlineData("G@T /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET /healthz\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/3.7\r\nHost: localhost\r\n\r\n", 505)]
    public async Task What_is_not_HTTP_1_is_refused_and_the_connection_closed(string request, int status)
    {
        var answers = await _service.SendAsync(request);

        Assert.Equal(status, answers.Status);
        Assert.True(answers.Closed);
        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task HTTP_2_by_prior_knowledge_is_sent_back_to_HTTP_1()
    {
        using var socket = await Raw.ConnectAsync(_service.Public);
        await socket.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        var frame = new byte[64];

        var length = await socket.ReceiveAsync(frame);

        // RFC 9113 §6.8 and §7: a GOAWAY frame (7) with HTTP_1_1_REQUIRED (13).
        Assert.Equal([7, 13], [frame[3], frame[length - 1]]);
        Assert.Equal(0, await socket.ReceiveAsync(frame));
        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task A_TLS_hello_on_the_plain_port_ends_the_connection_and_nothing_else()
    {
        byte[] hello =
        [
            0x16,
            0x03,
            0x01,
            0x00,
            0xf4,
            0x01,
            0x00,
            0x00,
            0xf0,
            0x03,
            0x03,
            .. Enumerable.Repeat((byte)0x41, 238),
        ];

        var answers = await Raw.SendAsync(_service.Public, [.. hello, .. "\r\n\r\n"u8]);

        Assert.True(answers.Closed);
        Assert.DoesNotContain(answers.All, answer => answer.Status < 400);
        await _service.AssertAliveAsync();
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-HTTP-Method: DELETE")]
    [InlineData("X-Method-Override: DELETE")]
    [InlineData("X-Original-URL: /nothing-here")]
    [InlineData("X-Rewrite-URL: /nothing-here")]
    [InlineData("X-Forwarded-Prefix: /nothing-here")]
    [InlineData("X-Forwarded-Path: /nothing-here")]
    public async Task Headers_that_would_change_the_method_or_the_path_are_ignored(string header)
    {
        var token = await shared.AccessToken;

        var answers = await _service.SendAsync(
            $"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n{header}\r\nConnection: close\r\n\r\n"
        );
        var after = await _service.SendAsync(
            $"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal([200, 200], [answers.Status, after.Status]);
    }
}
