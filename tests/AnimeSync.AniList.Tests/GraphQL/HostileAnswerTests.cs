using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using GraphQL.Client.Http;

namespace AnimeSync.AniList.Tests.GraphQL;

/// <summary>AniList as a stranger: whatever comes back, a call ends in time, within its memory, with one plain reason.</summary>
public sealed class HostileAnswerTests
{
    private const string Good = """{"data":{"Media":{"id":1}}}""";
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(400);
    private static readonly byte[] _question = """{"query":"{Media(id:1){id}}"}"""u8.ToArray();

    public static TheoryData<string, string> BrokenAnswers =>
        new()
        {
            { "text/html", "<!DOCTYPE html><title>Just a moment...</title>" },
            { "text/html", Good },
            { "application/json", "<!DOCTYPE html>" },
            { "application/json", "" },
            { "application/json", "   " },
            { "application/json", Good[..^1] },
            { "application/json", Good + "}" },
            { "application/json", Good + Good },
            { "application/json", """{"data":{"Media":{"id":1}""" },
            { "application/json", """{"data":{"Media":{}}""" },
            { "application/json", """{"data":NaN}""" },
            { "application/json", "null" },
            { "application/json", "[]" },
            { "application/json", "\"data\"" },
            { "application/json", "{}" },
            { "application/json", """{"error":"invalid_client"}""" },
            { "application/json", """{"data":null,"errors":"no"}""" },
            { "application/json", """{"data":null,"errors":[7]}""" },
            { "application/json", "\uFEFF" + Good },
            { "application/json", """{"errors":[{"message":"\ud800"}],"data":null}""" },
            { "application/json; charset=iso-8859-1", Good },
            { "application/json; charset=utf-16", Good },
            { "application/octet-stream", Good },
            { "", Good },
        };

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public async Task What_is_not_a_GraphQL_answer_is_broken_and_hands_out_no_bytes(string contentType, string body)
    {
        await using var server = RawServer.Sending(200, contentType, Encoding.UTF8.GetBytes(body));

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
        Assert.True(answer.Body.IsEmpty);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_broken()
    {
        await using var server = RawServer.Sending(
            200,
            "application/json",
            [.. "{\"data\":\""u8, 0xC0, 0xAF, .. "\"}"u8]
        );

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/graphql-response+json; charset=utf-8")]
    public async Task Every_spelling_of_JSON_in_UTF8_is_understood(string contentType)
    {
        await using var server = RawServer.Sending(200, contentType, Encoding.UTF8.GetBytes(Good));

        using var answer = await AskAsync(server);

        Assert.Null(answer.Failure);
        Assert.Equal(Good, Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_beyond_the_cap_is_cut_off_whether_it_announces_its_length_or_not(bool announced)
    {
        var sent = 0L;
        const long length = 50L * 1024 * 1024;
        await using var server = RawServer.Doing(
            async (socket, stop) =>
            {
                var head = announced
                    ? RawServer.Head(200, "application/json", length)
                    : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"u8.ToArray();
                await RawServer.SendAsync(socket, head, stop);
                var spaces = new byte[64 * 1024];
                Array.Fill(spaces, (byte)' ');
                while (sent < length)
                {
                    await RawServer.SendAsync(socket, spaces, stop);
                    sent += spaces.Length;
                }
            }
        );

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
        Assert.InRange(sent, 0, 20L * 1024 * 1024);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compression_bomb_is_counted_unpacked(string encoding)
    {
        var packed = Pack(encoding, new string(' ', 64 * 1024 * 1024));
        await using var server = RawServer.Sending(200, "application/json", packed, $"Content-Encoding: {encoding}");

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_answer_is_unpacked(string encoding)
    {
        var packed = Pack(encoding, Good);
        await using var server = RawServer.Sending(200, "application/json", packed, $"Content-Encoding: {encoding}");

        using var answer = await AskAsync(server);

        Assert.Equal(Good, Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task What_claims_to_be_compressed_and_is_not_is_broken()
    {
        await using var server = RawServer.Json(Good, 200, "Content-Encoding: gzip");

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
    }

    [Fact]
    public async Task A_large_answer_within_the_cap_arrives_whole()
    {
        var body = "{\"data\":{\"text\":\"" + new string('x', 3 * 1024 * 1024) + "\"}}";
        await using var server = RawServer.Json(body);

        using var answer = await AskAsync(server);

        Assert.Equal(body, Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = RawServer.Json(Good);
        await using var server = RawServer.Json(Good, 302, $"Location: {elsewhere.Address}");

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_redirect_is_no_answer_even_with_errors_to_tell()
    {
        await using var server = RawServer.Json("""{"errors":[{"message":"Not Found."}],"data":null}""", 302);

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
        Assert.True(answer.Body.IsEmpty);
    }

    [Fact]
    public async Task A_cookie_is_never_sent_back()
    {
        await using var server = RawServer.Json(Good, 200, "Set-Cookie: laravel_session=rin; Path=/");
        using var clients = new GraphQLClients(server.Address);

        using var first = await clients.Client.ForwardAsync(_question, "a", TestContext.Current.CancellationToken);
        using var second = await clients.Client.ForwardAsync(_question, "b", TestContext.Current.CancellationToken);

        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain("Cookie", server.Requests[1], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_that_hangs_is_a_timeout()
    {
        await using var server = RawServer.Doing((_, stop) => Task.Delay(Timeout.Infinite, stop));

        using var answer = await AskAsync(server, _short);

        Assert.Equal(AniListFailure.Timeout, answer.Failure);
    }

    [Fact]
    public async Task A_dripping_answer_is_a_timeout_although_bytes_keep_coming()
    {
        await using var server = RawServer.Doing(
            async (socket, stop) =>
            {
                await RawServer.SendAsync(socket, RawServer.Head(200, "application/json", 1000), stop);
                while (true)
                {
                    await RawServer.SendAsync(socket, " "u8.ToArray(), stop);
                    await Task.Delay(20, stop);
                }
            }
        );

        using var answer = await AskAsync(server, _short);

        Assert.Equal(AniListFailure.Timeout, answer.Failure);
    }

    [Fact]
    public async Task A_connection_reset_before_the_answer_is_unreachable()
    {
        await using var server = RawServer.Doing(
            (socket, _) =>
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
                return Task.CompletedTask;
            }
        );

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Unreachable, answer.Failure);
        Assert.Null(answer.StatusCode);
    }

    [Fact]
    public async Task A_connection_that_ends_at_99_percent_is_broken()
    {
        byte[] response =
        [
            .. RawServer.Head(200, "application/json", Good.Length + 1),
            .. Encoding.UTF8.GetBytes(Good),
        ];
        await using var server = RawServer.Sending(response);

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unreachable()
    {
        var server = RawServer.Json(Good);
        var address = server.Address;
        await server.DisposeAsync();
        using var clients = new GraphQLClients(address);

        using var answer = await clients.Client.ForwardAsync(_question, null, TestContext.Current.CancellationToken);

        Assert.Equal(AniListFailure.Unreachable, answer.Failure);
    }

    [Fact]
    public async Task What_is_not_even_HTTP_is_broken()
    {
        await using var server = RawServer.Sending("220 smtp.example ESMTP\r\n\r\n"u8.ToArray());

        using var answer = await AskAsync(server);

        Assert.Equal(AniListFailure.Broken, answer.Failure);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_not_called_a_timeout()
    {
        await using var server = RawServer.Doing((_, stop) => Task.Delay(Timeout.Infinite, stop));
        using var clients = new GraphQLClients(server.Address);
        using var gone = new CancellationTokenSource(_short);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            clients.Client.ForwardAsync(_question, null, gone.Token)
        );
    }

    private static async Task<GraphQLHttpAnswer> AskAsync(RawServer server, TimeSpan? timeout = null)
    {
        using var clients = new GraphQLClients(server.Address, timeout);
        return await clients.Client.ForwardAsync(_question, "token", TestContext.Current.CancellationToken);
    }

    private static byte[] Pack(string encoding, string text)
    {
        using var packed = new MemoryStream();
        using (
            Stream packer = encoding switch
            {
                "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
                "br" => new BrotliStream(packed, CompressionLevel.Fastest),
                _ => new ZLibStream(packed, CompressionLevel.Fastest),
            }
        )
        {
            packer.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
