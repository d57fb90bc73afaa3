using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.GraphQL;

public sealed class BadInputTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Query = "query ($id: Int) { Media(id: $id) { id } }";

    [Theory]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("\"[1]\"")]
    [InlineData("\"{\"")]
    [InlineData("""{"id":"\ud800"}""")]
    [InlineData("""{"id":1e400}""")]
    [InlineData("""{"id":99999999999999999999}""")]
    [InlineData("""{"id":{"a":[{}]}}""")]
    [InlineData("""{"id":6,"id":6}""")]
    [InlineData("""{"id":6,"other":[{"a":1,"a":1}]}""")]
    [InlineData("\"{\\\"id\\\":6,\\\"id\\\":6}\"")]
    public async Task Variables_that_are_none_are_400(string variables)
    {
        var (status, body) = await PostAsync($$"""{"query":"{{Query}}","variables":{{variables}}}""");

        Assert.Equal(400, status);
        Assert.EndsWith("\"data\":null}", body);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":6,"other":[1,{"a":null}]}""")]
    [InlineData("\"{\\\"id\\\":6}\"")]
    public async Task Variables_may_lack_or_be_too_many_or_stand_in_a_string(string variables)
    {
        var (status, _) = await PostAsync($$"""{"query":"{{Query}}","variables":{{variables}}}""");

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task An_unknown_operation_is_named()
    {
        var (status, body) = await PostAsync("""{"query":"query A { Viewer { id } }","operationName":"B"}""");

        Assert.Equal(400, status);
        Assert.Equal("""{"errors":[{"message":"Unknown operation named \"B\".","status":400}],"data":null}""", body);
    }

    public static TheoryData<string> Bodies =>
        [
            "",
            "null",
            "\u0000",
            "{\"query\":\"\\ud800\"}",
            "{\"query\":\"{ Media(search: \\\"\\ud800\\\") { id } }\"}",
            "{\"query\":\"\\u0000\"}",
            "{\"query\":\"{ Media(id: 99999999999) { id } }\"}",
            "{\"query\":\"{ Media(id: 1e99) { id } }\"}",
            "{\"query\":\"" + new string('{', 2000) + "\"}",
            "{\"query\":\"{ Media(id_in: " + new string('[', 3000) + new string(']', 3000) + ") { id } }\"}",
            "{\"query\":\"{ " + string.Concat(Enumerable.Repeat("Media(id: 1) { relations { nodes ", 20)) + "\"}",
            new string('[', 10_000),
            "{\"query\":\"{ " + new string('a', 100_000) + " }\"}",
            "{\"query\":\"" + string.Concat(Enumerable.Repeat("# ", 100_000)) + "\"}",
            "{\"query\":\"" + string.Concat(Enumerable.Repeat("{ a } ", 10_000)) + "\"}",
            "{\"query\":5}",
            "{\"query\":\"{ __typename }\",\"operationName\":[]}",
            "{\"query\":\"query A { Viewer { id } } query A { Viewer { id } }\",\"operationName\":\"A\"}",
        ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Whatever_comes_is_refused_in_AniLists_envelope(string body)
    {
        var (status, text) = await PostAsync(body);

        Assert.Equal(400, status);
        Assert.Equal("errors", JsonDocument.Parse(text).RootElement.EnumerateObject().First().Name);
        Assert.Equal(200, (await sandbox.RefusalAsync("{ Media(id: 1) { id } }")).Status);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_400()
    {
        using var content = new ByteArrayContent([.. "{\"query\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var answer = await sandbox.Http.PostAsync("/", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_ends_early_harms_nobody_else()
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(sandbox.Http.BaseAddress!.Host, sandbox.Http.BaseAddress.Port);
            await socket
                .GetStream()
                .WriteAsync(
                    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"que"u8.ToArray()
                );
        }

        Assert.Equal(200, (await sandbox.RefusalAsync("{ Media(id: 1) { id } }")).Status);
    }

    [Fact]
    public async Task An_oversized_body_is_told_in_the_envelope()
    {
        var (status, body) = await PostAsync($$"""{"query":"{{new string(' ', 2 * 1024 * 1024)}}"}""");

        Assert.Equal(413, status);
        Assert.StartsWith("""{"errors":[{"message":"Request Entity Too Large","status":413}""", body);
    }

    private async Task<(int Status, string Body)> PostAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            // So that a body that is refused by its length is not sent into a connection that closes.
            Headers = { ExpectContinue = true },
        };
        using var answer = await sandbox.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
