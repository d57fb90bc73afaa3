using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

public sealed class FramingTests(SharedService shared)
{
    private const string Form =
        "POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    private const string Smuggled = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private readonly Service _service = shared.Service;

    public static TheoryData<string, string> Ambiguous =>
        new()
        {
            { "length and chunks at once", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
            { "chunks and length at once", "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX" },
            { "two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" },
            { "two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" },
            { "a list of lengths", "Content-Length: 5, 5\r\n\r\nhello" },
            { "a negative length", "Content-Length: -1\r\n\r\n" },
            { "a length in hex", "Content-Length: 0x5\r\n\r\nhello" },
            { "an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" },
            { "a space before the colon", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" },
            { "two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" },
            { "chunked that is not last", "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n" },
            // CVE-2025-55315.
            {
                "a chunk extension that ends in a lone line feed",
                "Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\n3\r\nabc\r\n0\r\n\r\n"
            },
            {
                "a chunk size beyond 64 bits",
                "Transfer-Encoding: chunked\r\n\r\n100000000000000000\r\nabc\r\n0\r\n\r\n"
            },
            { "a negative chunk size", "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n" },
            { "a chunk that is longer than it says", "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n" },
        };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task A_body_with_two_readings_is_400_and_nothing_after_it_is_answered(string what, string framing)
    {
        var answers = await _service.SendAsync($"{Form}{framing}{Smuggled}");

        Assert.True(
            answers.All is [{ Status: 400 }],
            $"{what}: {string.Join(", ", answers.All.Select(answer => answer.Status))}"
        );
        Assert.True(answers.Closed, what);
        await _service.AssertAliveAsync();
    }

    [Fact]
    public async Task Trailers_do_not_become_headers_or_requests()
    {
        var answers = await _service.SendAsync(
            $"{Form}Transfer-Encoding: chunked\r\n\r\n0\r\nHost: evil\r\nAuthorization: Bearer x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal([401, 200], answers.All.Select(answer => answer.Status));
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Folded: a\r\n b\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Space : a\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Nul: a\0b\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nNoColon\r\n\r\n")]
    public async Task Malformed_header_lines_are_400(string request)
    {
        var answers = await _service.SendAsync(request);

        Assert.Equal(400, answers.Status);
        Assert.True(answers.Closed);
    }

    [Fact]
    public async Task A_plus_sign_does_not_move_the_end_of_a_body()
    {
        var answers = await _service.SendAsync(
            $"{Form}Content-Length: +5\r\n\r\nhello{Smuggled.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")}"
        );

        Assert.Equal([401, 200], answers.All.Select(answer => answer.Status));
    }

    [Fact]
    public async Task A_lone_line_feed_ends_a_line_as_RFC_9112_allows()
    {
        var answers = await _service.SendAsync("GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n");

        Assert.Equal(200, answers.Status);
    }
}
