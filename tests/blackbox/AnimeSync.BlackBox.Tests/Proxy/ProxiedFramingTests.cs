using AnimeSync.BlackBox.Tests.Http;

namespace AnimeSync.BlackBox.Tests.Proxy;

/// <summary>Two parsers in a row: what the first takes for one request must not be two for the second.</summary>
[Collection(ServiceBehindNginxUsers.Name)]
public sealed class ProxiedFramingTests(ServiceBehindNginx front)
{
    private const string Form =
        "POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";

    public static TheoryData<string, string> Ambiguous
    {
        get
        {
            var rows = new TheoryData<string, string>
            {
                { "a length with a sign", "Content-Length: +5\r\n\r\nhello" },
                { "a vertical tab before the coding", "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n" },
            };
            // nginx ends a chunk extension at a lone line feed; a test below shows that it passes none on.
            foreach (var (what, framing) in FramingTests.Ambiguous.Select(row => row.Data))
            {
                if (!framing.Contains(";\n"))
                {
                    rows.Add(what, framing);
                }
            }

            return rows;
        }
    }

    [Fact]
    public async Task A_second_request_after_a_sound_one_is_answered_and_reaches_AniList()
    {
        await front.ForgetTracesAsync();

        var answers = await front.SendAsync($"{Form}Content-Length: 5\r\n\r\nhello{front.Traceable()}");

        Assert.Equal([401, 200], answers.All.Select(answer => answer.Status));
        Assert.Equal(1, await front.TracesAsync());
    }

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task A_body_with_two_readings_is_refused_and_nothing_after_it_gets_through(string what, string framing)
    {
        await front.ForgetTracesAsync();

        var answers = await front.SendAsync($"{Form}{framing}{front.Traceable()}");

        // 501 is for codings that nginx does not know (RFC 9112 §6.1).
        Assert.True(
            answers.All is [{ Status: 400 or 501 }],
            $"{what}: {string.Join(", ", answers.All.Select(answer => answer.Status))}"
        );
        Assert.True(answers.Closed, what);
        Assert.Equal(0, await front.TracesAsync());
        await front.Service.AssertAliveAsync();
    }

    [Fact]
    public async Task What_a_lone_line_feed_hides_in_a_chunk_stays_in_it()
    {
        await front.ForgetTracesAsync();
        // To a reader for whom the extension ends at the next CRLF, the size line below is the first chunk's data, the
        // body ends after it, and another request follows (CVE-2025-55315).
        var hidden = $"0\r\n\r\n{front.Traceable()}";

        var answers = await front.SendAsync(
            $"{Form}Transfer-Encoding: chunked\r\n\r\n3;\nxxx\r\n{hidden.Length:x3}\r\n{hidden}\r\n0\r\n\r\n"
        );

        Assert.True(answers.Status is 400 or 401, $"{answers.Status}");
        Assert.Equal(0, await front.TracesAsync());
        await front.Service.AssertAliveAsync();
    }

    [Fact]
    public async Task Trailers_do_not_become_headers()
    {
        await front.ForgetTracesAsync();
        const string query = """{"query":"{Viewer{name}}"}""";

        var answers = await front.SendAsync(
            $"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{query.Length:x}\r\n{query}\r\n0\r\nAuthorization: Bearer {front.AccessToken}\r\n\r\n"
        );

        Assert.Equal(401, answers.Status);
        Assert.Equal(0, await front.TracesAsync());
    }

    [Theory]
    [InlineData("X-Folded: a\r\n b")]
    [InlineData(" X-Folded: a")]
    [InlineData("X-Space : a")]
    [InlineData("X-Nul: a\0b")]
    [InlineData("X-Return: a\rb")]
    public async Task Malformed_header_lines_are_400_and_nothing_after_them_gets_through(string line)
    {
        await front.ForgetTracesAsync();

        var answers = await front.SendAsync(
            $"GET /healthz HTTP/1.1\r\nHost: localhost\r\n{line}\r\n\r\n{front.Traceable()}"
        );

        Assert.Equal(400, answers.Status);
        Assert.True(answers.Closed);
        Assert.Equal(0, await front.TracesAsync());
    }

    [Fact]
    public async Task Proxy_and_service_agree_on_lone_line_feeds()
    {
        const string request = "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n";

        var proxied = await front.SendAsync(request);
        var direct = await front.Service.SendAsync(request);

        Assert.Equal([200, 200], [proxied.Status, direct.Status]);
        Assert.Equal(direct.Only.Body, proxied.Only.Body);
    }
}
