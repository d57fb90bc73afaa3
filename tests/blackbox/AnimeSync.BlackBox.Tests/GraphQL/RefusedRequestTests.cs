using System.Net;
using System.Text;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.GraphQL;

/// <summary>Bodies and requests that are wrong before anybody looks at a document.</summary>
[Collection(ProxiedServiceUsers.Name)]
public sealed class RefusedRequestTests(ProxiedService proxied)
{
    private const string Good = """{"query":"{Viewer{id}}"}""";

    private static readonly Dictionary<string, byte[]> _malformed = new()
    {
        ["nothing"] = [],
        ["null"] = "null"u8.ToArray(),
        ["text"] = "\"{Viewer{id}}\""u8.ToArray(),
        ["cut off"] = """{"query":"{Viewer{id}}" """u8.ToArray(),
        ["two documents"] = """{"query":"{Viewer{id}}"}{"query":"{Viewer{id}}"}"""u8.ToArray(),
        ["a comment"] = """{/* sekrit */"query":"{Viewer{id}}"}"""u8.ToArray(),
        ["a comma too many"] = """{"query":"{Viewer{id}}",}"""u8.ToArray(),
        ["no query"] = "{}"u8.ToArray(),
        ["only extensions"] = """{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}"""u8.ToArray(),
        ["a null query"] = """{"query":null}"""u8.ToArray(),
        ["a list of queries"] = """{"query":["{Viewer{id}}"]}"""u8.ToArray(),
        ["a second query"] = """{"query":"{Viewer{id}}","query":"{Viewer{name}}"}"""u8.ToArray(),
        ["a second query, escaped"] = """{"query":"{Viewer{id}}","quer\u0079":"{Viewer{name}}"}"""u8.ToArray(),
        ["a query by another case"] = """{"query":"{Viewer{id}}","Query":"{Viewer{name}}"}"""u8.ToArray(),
        ["__proto__"] = """{"query":"{Viewer{id}}","__proto__":{}}"""u8.ToArray(),
        ["$type"] = """{"$type":"System.String","query":"{Viewer{id}}"}"""u8.ToArray(),
        ["constructor"] = """{"query":"{Viewer{id}}","constructor":{}}"""u8.ToArray(),
        ["an operation name that is a number"] = """{"query":"{Viewer{id}}","operationName":7}"""u8.ToArray(),
        ["variables in a list"] = Variables("[]"),
        ["variables in text"] = Variables("\"{}\""),
        ["a variable twice"] = Variables("""{"a":1,"a":2}"""),
        ["NaN"] = Variables("""{"a":NaN}"""),
        ["infinity"] = Variables("""{"a":-Infinity}"""),
        ["a number with a leading zero"] = Variables("""{"a":01}"""),
        ["variables 5,000 deep"] = Variables(
            string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)
        ),
        ["U+0000 in a variable"] = Variables("""{"a":"sekrit\u0000"}"""),
        ["U+0000 in a variable's name"] = Variables("""{"a\u0000":1}"""),
        ["U+0000 in the document"] = """{"query":"{Viewer{id}}\u0000"}"""u8.ToArray(),
        ["half a character in a variable"] = Variables("""{"a":"\ud800"}"""),
        ["half a character in the document"] = """{"query":"{Viewer{id}}#\udc00"}"""u8.ToArray(),
        ["overlong UTF-8"] = [.. """{"query":"{Viewer{id}}#"""u8, 0xc0, 0xae, .. "\"}"u8],
        ["a surrogate in UTF-8"] = [.. """{"query":"{Viewer{id}}#"""u8, 0xed, 0xa0, 0x80, .. "\"}"u8],
        ["Latin-1"] = [.. """{"query":"{Viewer{id}}#"""u8, 0xe9, .. "\"}"u8],
        ["a byte order mark before the body"] = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Good)],
        ["UTF-16"] = Encoding.Unicode.GetBytes(Good),
    };

    public static TheoryData<string> Malformed => [.. _malformed.Keys];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_body_that_two_readers_could_read_differently_is_malformed(string what)
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync(_malformed[what]);

        await proxied.AssertRefusedAsync(answer, 400, "malformed-request");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_batch_is_rejected(int size)
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync($"[{string.Join(',', Enumerable.Repeat(Good, size))}]");

        await proxied.AssertRefusedAsync(answer, 400, "graphql-rejected");
    }

    [Theory]
    [InlineData("GET", "?query=%7BViewer%7Bid%7D%7D")]
    [InlineData("GET", "?query=mutation%7BSaveMediaListEntry(mediaId:1,progress:9)%7Bid%7D%7D")]
    [InlineData("PUT", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "?query=%7BViewer%7Bid%7D%7D")]
    public async Task Only_POST_carries_an_operation(string method, string query)
    {
        await proxied.ForgetRequestsAsync();
        using var request = new HttpRequestMessage(new(method), $"/graphql{query}");

        using var answer = await proxied.Client.SendAsync(request);

        await proxied.AssertRefusedAsync(answer, 405, "method-not-allowed");
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "query=mutation%7BSaveMediaListEntry(mediaId:1)%7Bid%7D%7D")]
    [InlineData(
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=query\r\n\r\n{a}\r\n--x--"
    )]
    [InlineData("text/plain", Good)]
    [InlineData("application/graphql", "{Viewer{id}}")]
    [InlineData("application/json-patch+json", Good)]
    [InlineData("application/json; charset=utf-16", Good)]
    [InlineData("application/json; charset=foo", Good)]
    [InlineData("application/json; charset=", Good)]
    [InlineData("application/json, text/plain", Good)]
    [InlineData("json", Good)]
    [InlineData(null, Good)]
    public async Task Only_JSON_in_UTF_8_is_read(string? contentType, string body)
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync(Encoding.UTF8.GetBytes(body), contentType);

        await proxied.AssertRefusedAsync(answer, 415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, deflate")]
    public async Task A_compressed_body_is_not_read(string encoding)
    {
        await proxied.ForgetRequestsAsync();
        using var content = new StringContent(Good, Encoding.UTF8, "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        using var answer = await proxied.Client.PostAsync("/graphql", content);

        await proxied.AssertRefusedAsync(answer, 415, "unsupported-media-type");
    }

    [Theory]
    [InlineData(64 * 1024 + 1, false)]
    [InlineData(64 * 1024 + 1, true)]
    [InlineData(5 * 1024 * 1024, false)]
    public async Task More_than_64_KB_is_too_large_announced_or_not(int size, bool chunked)
    {
        await proxied.ForgetRequestsAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        var body = """{"query":"{Viewer{id}}","variables":{"a":"x"}}""";
        request.Content = new StringContent(
            body.Replace("x", new string('x', size - body.Length + 1)),
            Encoding.UTF8,
            "application/json"
        );
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = !chunked;

        using var answer = await proxied.Client.SendAsync(request);

        await proxied.AssertRefusedAsync(answer, 413, "payload-too-large");
    }

    [Theory]
    [InlineData(null, "unauthenticated")]
    [InlineData("Bearer not-a-token", "token-invalid")]
    [InlineData("Basic cmluOnJpbg==", "token-invalid")]
    public async Task Without_a_token_of_ours_there_is_no_viewer(string? authorization, string slug)
    {
        await proxied.ForgetRequestsAsync();
        using var client = proxied.Service.CreateClient();
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        using var content = new StringContent(Good, Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync("/graphql", content);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        await proxied.AssertRefusedAsync(answer, 401, slug);
    }

    private static byte[] Variables(string json) =>
        Encoding.UTF8.GetBytes("{\"query\":\"{Viewer{id}}\",\"variables\":" + json + "}");
}
