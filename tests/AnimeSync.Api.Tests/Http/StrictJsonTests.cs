using System.Net;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Api.Tests.Http;

public sealed class StrictJsonTests(MappedEdges edges) : IClassFixture<MappedEdges>
{
    private const string Good = """{"progress":5,"notes":"n"}""";

    private readonly EdgeHost _host = edges.Host;

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"progress":5,"notes":"n"} x""")]
    [InlineData("""{"progress":5,"notes":"n",}""")]
    [InlineData("""{"progress":5,/* c */"notes":"n"}""")]
    [InlineData("""{"progress":NaN,"notes":"n"}""")]
    [InlineData("""{'progress':5}""")]
    public async Task What_is_not_one_JSON_document_is_malformed(string body)
    {
        var (status, problem) = await PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("/problems/malformed-request", problem.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("""{"notes":"n"}""", "progress")]
    [InlineData("""{"progress":null,"notes":"n"}""", "progress")]
    [InlineData("""{"progress":5,"notes":null}""", "notes")]
    [InlineData("""{"progress":99999999999,"notes":"n"}""", "progress")]
    [InlineData("""{"progress":1.5,"notes":"n"}""", "progress")]
    [InlineData("""{"progress":1.0,"notes":"n"}""", "progress")]
    [InlineData("""{"progress":1e2,"notes":"n"}""", "progress")]
    [InlineData("""{"progress":-2147483649,"notes":"n"}""", "progress")]
    [InlineData("""{"progress":"5","notes":"n"}""", "progress")]
    [InlineData("""{"progress":true,"notes":"n"}""", "progress")]
    [InlineData("""{"progress":5,"notes":7}""", "notes")]
    [InlineData("""{"progress":5,"notes":"n","day":"2026-02-30"}""", "day")]
    [InlineData("""{"progress":5,"notes":"n","day":"0000-01-01"}""", "day")]
    [InlineData("""{"progress":5,"notes":"n","day":"10000-01-01"}""", "day")]
    [InlineData("""{"progress":5,"notes":"n","at":"2026-01-01T24:00:00Z"}""", "at")]
    [InlineData("""{"progress":5,"notes":"n","at":"2026-01-01T00:00:00+99:99"}""", "at")]
    [InlineData("""{"progress":5,"notes":"n","at":"2016-12-31T23:59:60Z"}""", "at")]
    [InlineData("""{"progress":5,"notes":"n","at":"yesterday"}""", "at")]
    [InlineData("""{"progress":5,"notes":"n","score":"10"}""", "score")]
    [InlineData("""{"progress":5,"notes":"n","score":1e400}""", "score")]
    [InlineData("""{"progress":5,"notes":"n","items":[{"name":null}]}""", "items[0].name")]
    [InlineData("""{"progress":5,"notes":"n","items":[{}]}""", "items[0].name")]
    [InlineData("""{"progress":5,"notes":"n","items":[null]}""", "items[0]")]
    [InlineData(
        """{"progress":5,"notes":"n","items":[{"name":"a"},{"name":"b","tags":["c",null]}]}""",
        "items[1].tags[1]"
    )]
    [InlineData("""{"progress":5,"notes":"n","words":["a",null]}""", "words[1]")]
    [InlineData("""{"progress":5,"notes":"n","rows":[["a"],[null]]}""", "rows[1][0]")]
    [InlineData("""{"progress":5,"notes":"n","rows":[null]}""", "rows[0]")]
    [InlineData("""{"progress":5,"notes":"n","labels":{"a":null}}""", "labels.a")]
    [InlineData("""{"progress":5,"notes":"n","userId":1}""", "userId")]
    [InlineData("""{"progress":5,"notes":"n","__proto__":{}}""", "__proto__")]
    [InlineData("""{"progress":5,"notes":"n","$type":"System.String"}""", "$type")]
    [InlineData("""{"progress":5,"notes":"n","constructor":{}}""", "constructor")]
    [InlineData("""{"progress":5,"notes":"a\u0000b"}""", "notes")]
    public async Task A_value_that_does_not_fit_is_named(string body, string field)
    {
        var (status, problem) = await PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("/problems/validation-failed", problem.GetProperty("type").GetString());
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData("""{"progress":5,"notes":"n","progress":6}""")]
    [InlineData("""{"progress":5,"notes":"n","Progress":6}""")]
    [InlineData("""{"progress":5,"notes":"\ud800"}""")]
    [InlineData("""[{"progress":5,"notes":"n"}]""")]
    public async Task Other_doubtful_documents_are_400(string body)
    {
        var (status, _) = await PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("""{"progress":5,"notes":"n","gaps":["a",null]}""")]
    [InlineData("""{"progress":5,"notes":"n","items":null,"words":[],"rows":[[]],"labels":{}}""")]
    public async Task Null_and_nothing_are_taken_where_the_type_has_room_for_them(string body)
    {
        var (status, _) = await PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_400()
    {
        byte[] body = [.. """{"progress":5,"notes":"""u8, .. "\""u8, 0xff, 0xfe, .. "\"}"u8];

        var (status, _) = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_cut_off_at_the_limit()
    {
        using var content = new StreamContent(new MemoryStream(new byte[2 * 1024 * 1024]));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/test/large") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await _host.Public.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("/problems/payload-too-large", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Nesting_beyond_the_limit_is_400()
    {
        var (status, _) = await PostAsync(Encoding.UTF8.GetBytes(new string('[', 5000) + new string(']', 5000)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("😀 emoji")]
    [InlineData("e\u0301\u0301\u0301\u0301 combining")]
    [InlineData("\u202Egnirts")]
    [InlineData("<script>alert('x')</script>&")]
    public async Task Other_text_comes_back_as_it_was(string text)
    {
        var (status, answer) = await PostAsync(JsonSerializer.SerializeToUtf8Bytes(new { progress = 5, notes = text }));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(text, answer.GetProperty("notes").GetString());
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("application/json; charset=\"UTF-8\"", false)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/json; charset=foo", false)]
    [InlineData("application/json-patch+json", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("garbage", false)]
    [InlineData(null, false)]
    public async Task A_JSON_route_takes_JSON_in_UTF_8_only(string? contentType, bool taken)
    {
        var (status, _) = await PostAsync(Encoding.UTF8.GetBytes(Good), contentType);

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.UnsupportedMediaType, status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_body_is_415(string encoding)
    {
        var (status, problem) = await PostAsync(Encoding.UTF8.GetBytes(Good), encoding: encoding);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Equal("/problems/unsupported-media-type", problem.GetProperty("type").GetString());
    }

    private async Task<(HttpStatusCode, JsonElement)> PostAsync(
        byte[] body,
        string? contentType = "application/json",
        string? encoding = null
    )
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var answer = await _host.Public.PostAsync("/test/strict", content);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
