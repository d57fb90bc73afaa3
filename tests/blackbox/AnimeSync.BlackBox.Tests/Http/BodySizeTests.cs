using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class BodySizeTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Theory]
    [InlineData(1024 * 1024 + 1)]
    [InlineData(31 * 1024 * 1024)]
    public async Task A_body_announced_as_too_large_is_refused_before_it_is_read(int length)
    {
        var answers = await _service.SendAsync(
            $"POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
        );

        Assert.Equal(413, answers.Status);
        Assert.Equal("payload-too-large", answers.Only.Slug);
        Assert.True(answers.Closed);
        await _service.AssertAliveAsync();
    }

    [Theory]
    [InlineData(64 * 1024 + 1)]
    [InlineData(1024 * 1024 + 1)]
    [InlineData(31 * 1024 * 1024)]
    public async Task A_GraphQL_body_announced_as_too_large_is_refused_before_it_is_read(int length)
    {
        var token = await shared.AccessToken;

        var answers = await _service.SendAsync(
            $"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
        );

        Assert.Equal(413, answers.Status);
        Assert.Equal("payload-too-large", answers.Only.Slug);
        await _service.AssertAliveAsync();
    }

    [Theory]
    [InlineData("/auth/token", "application/x-www-form-urlencoded", 400)]
    [InlineData("/graphql", "application/json", 413)]
    public async Task An_endless_chunked_body_is_cut_off(string path, string type, int status)
    {
        var token = await shared.AccessToken;
        using var socket = await Raw.ConnectAsync(_service.Public);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
        );
        var chunk = Encoding.ASCII.GetBytes($"{64 * 1024:x}\r\n{new string('a', 64 * 1024)}\r\n");

        var reading = Raw.ReadAsync(socket, TimeSpan.FromSeconds(20));
        var sent = 0L;
        try
        {
            while (!reading.IsCompleted && sent < 64 * 1024 * 1024)
            {
                sent += await socket.SendAsync(chunk);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The service has closed the connection, as it should.
        }

        var answers = await reading;
        Assert.Equal(status, answers.Status);
        Assert.InRange(sent, 0, 16 * 1024 * 1024);
        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task Header_fields_and_request_lines_have_limits()
    {
        var large = await _service.SendAsync(
            $"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('a', 33 * 1024)}\r\n\r\n"
        );
        var many = string.Concat(Enumerable.Range(0, 110).Select(i => $"X-Many-{i}: a\r\n"));
        var tooMany = await _service.SendAsync($"GET /healthz HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
        var longLine = await _service.SendAsync(
            $"GET /healthz?{new string('a', 9 * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );

        Assert.Equal([431, 431, 414], [large.Status, tooMany.Status, longLine.Status]);
        Assert.All([large, tooMany, longLine], answers => Assert.True(answers.Closed));
        await _service.AssertAliveAsync();
    }
}
