using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.GraphQL;

/// <summary>
/// What is odd but harmless goes to AniList as it is, once, and its answer comes back. No two ask the same, or the second
/// one would be answered from what is kept of the first.
/// </summary>
[Collection(ProxiedServiceUsers.Name)]
public sealed class PassedDocumentTests(ProxiedService proxied)
{
    private const string Search = "query($s:String){Page(perPage:1){media(search:$s){id}}}";

    private static readonly Dictionary<string, string> _texts = new()
    {
        ["a right-to-left override"] = "\u202Egnirts",
        ["stacked marks"] = "z" + string.Concat(Enumerable.Repeat("\u0321\u0334\u0352", 200)),
        ["an emoji"] = "\U0001F600",
        ["a byte order mark"] = "\uFEFFa",
        ["line ends that would forge a header"] = "a\r\nX-Injected: 1\r\n\r\n",
        ["quotes and wildcards"] = "'; DROP TABLE users; -- %_\\",
        ["markup"] = "<script>alert(1)</script>",
        ["60 KB"] = new('x', 60 * 1024),
    };

    private static readonly Dictionary<string, string> _documents = new()
    {
        ["a block string"] = "{Page(perPage:1){media(search:\"\"\"\n  a { \\\"\"\" } #\n\"\"\"){id}}}",
        ["60 KB of comment"] = $"#{new string('{', 60 * 1024)}\n{{Viewer{{commented:id}}}}",
        ["a byte order mark before the document"] = "\uFEFF{Viewer{marked:id}}",
        ["a zalgo comment"] = "# z\u0321\u0334\u0352\u202E\n{Viewer{stacked:id}}",
        ["a name with underscores"] = "query __{Viewer{__typename id}}",
        ["100 aliases"] = "{Viewer{" + string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}:id ")) + "}}",
        ["the largest page"] = "{Page(page:5000,perPage:1){media{id}}}",
        ["an allowed mutation"] = "mutation{SaveMediaListEntry(mediaId:1,progress:3){progress}}",
    };

    public static TheoryData<string> Texts => [.. _texts.Keys];

    public static TheoryData<string> Documents => [.. _documents.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public Task Any_text_is_data_in_a_variable(string what) =>
        AssertPassedAsync(new { query = Search, variables = new { s = _texts[what] } });

    [Theory]
    [MemberData(nameof(Documents))]
    public Task An_odd_document_passes(string what) => AssertPassedAsync(new { query = _documents[what] });

    [Fact]
    public Task Extensions_choose_no_other_document() =>
        AssertPassedAsync(
            new
            {
                query = "{Viewer{extended:id}}",
                extensions = new
                {
                    documentId = new string('0', 64),
                    clientLibrary = new { name = "a\r\nX-Injected: 1" },
                },
            }
        );

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("\"one\"")]
    [InlineData("{\"a\":[null]}")]
    [InlineData("1.5")]
    [InlineData("true")]
    public async Task A_variable_of_the_wrong_type_is_for_AniList_to_refuse(string value)
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync(
            "{\"query\":\"query($id:Int){Media(id:$id){id}}\",\"variables\":{\"id\":" + value + "}}"
        );
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("/problems/", body);
        Assert.NotEmpty(JsonDocument.Parse(body).RootElement.GetProperty("errors").EnumerateArray());
        Assert.Single(await proxied.RequestsAsync());
    }

    [Fact]
    public async Task A_misspelt_field_is_refused_without_suggestions()
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync("""{"query":"{Viewer{nmae}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotMatch(ProxiedService.Leak(), await answer.Content.ReadAsStringAsync());
        Assert.Single(await proxied.RequestsAsync());
    }

    [Fact]
    public async Task Nothing_of_the_callers_headers_goes_to_AniList()
    {
        await proxied.ForgetRequestsAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = "{Viewer{seen:name}}" }),
        };
        request.Headers.TryAddWithoutValidation("Referer", "http://evil.example/");
        request.Headers.TryAddWithoutValidation("User-Agent", "evil/1.0");

        using var answer = await proxied.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var seen = Assert.Single(await proxied.RequestsAsync());
        Assert.StartsWith(proxied.Service.Settings["PUBLIC_URL"]!, seen.GetProperty("referer").GetString());
        Assert.StartsWith("AnimeSync/", seen.GetProperty("userAgent").GetString());
    }

    [Fact]
    public async Task Two_callers_who_ask_the_same_at_once_each_see_themselves()
    {
        using var mika = proxied.Service.CreateClient((await proxied.Service.SignInAsync("mika")).AccessToken);
        var callers = Enumerable
            .Range(0, 40)
            .Select(i => i % 2 == 0 ? (Client: proxied.Client, Name: "rin") : (Client: mika, Name: "mika"));

        var answers = await Task.WhenAll(
            callers.Select(async caller => (caller.Name, Seen: await NameOfViewerAsync(caller.Client)))
        );

        Assert.All(answers, answer => Assert.Equal(answer.Name, answer.Seen));
    }

    private async Task AssertPassedAsync(object body)
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync(JsonSerializer.SerializeToUtf8Bytes(body));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {text}");
        Assert.NotEqual(JsonValueKind.Null, JsonDocument.Parse(text).RootElement.GetProperty("data").ValueKind);
        Assert.DoesNotContain(
            answer.Headers,
            header => header.Key.Equals("X-Injected", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Single(await proxied.RequestsAsync());
    }

    private static async Task<string?> NameOfViewerAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = "{Viewer{name}}" });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("data").GetProperty("Viewer").GetProperty("name").GetString();
    }
}
