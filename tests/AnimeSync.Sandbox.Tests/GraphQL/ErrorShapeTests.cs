using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace AnimeSync.Sandbox.Tests.GraphQL;

public sealed class ErrorShapeTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task What_needs_a_user_is_401_without_a_token()
    {
        var (status, body) = await sandbox.RefusalAsync("{ Viewer { id } }");

        Assert.Equal(401, status);
        Assert.Equal(
            """{"errors":[{"message":"Unauthorized.","status":401,"locations":[{"line":1,"column":3}]}],"data":{"Viewer":null}}""",
            body
        );
    }

    [Fact]
    public async Task A_forged_token_is_refused_even_where_none_is_needed()
    {
        var (status, body) = await sandbox.RefusalAsync("{ Media(id: 1) { id } }", token: "eyJ0.eyJ9.x");

        Assert.Equal(400, status);
        Assert.Equal(
            """{"errors":[{"message":"Invalid token","status":400,"locations":[{"line":1,"column":3}]}],"data":{"Media":null}}""",
            body
        );
    }

    [Fact]
    public async Task An_unknown_field_is_named_and_a_failed_document_fails_again()
    {
        var first = await sandbox.RefusalAsync("{ Media(id: 1) { id nope } }");
        var second = await sandbox.RefusalAsync("{ Media(id: 1) { id nope } }");

        Assert.Equal(400, first.Status);
        Assert.Equal(
            """{"errors":[{"message":"Cannot query field \"nope\" on type \"Media\".","status":400,"locations":[{"line":1,"column":21}]}],"data":null}""",
            first.Body
        );
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_missing_title_makes_every_sibling_null()
    {
        var (status, body) = await sandbox.RefusalAsync("{ a: Media(id: 1) { id } b: Media(id: 999999) { id } }");

        Assert.Equal(404, status);
        Assert.Equal(
            """{"errors":[{"message":"Not Found.","status":404,"locations":[{"line":1,"column":26}]}],"data":{"a":null,"b":null}}""",
            body
        );
    }

    [Fact]
    public async Task The_type_must_fit_the_id()
    {
        Assert.Equal(404, (await sandbox.RefusalAsync("{ Media(id: 1, type: MANGA) { id } }")).Status);
    }

    [Fact]
    public async Task Complexity_is_one_for_each_field_with_fragments_expanded()
    {
        // The root field, and a hundred titles with four members each.
        var aliases = string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}: title {{ ...t }} "));
        var (status, body) = await sandbox.RefusalAsync(
            $"{{ Media(id: 1) {{ {aliases} }} }} fragment t on MediaTitle {{ romaji english native userPreferred }}"
        );

        Assert.Equal(400, status);
        Assert.Equal(
            """{"errors":[{"message":"Max query complexity should be 500 but got 501.","status":400}],"data":null}""",
            body
        );
    }

    [Fact]
    public async Task Fragments_that_double_at_every_level_are_refused_at_once()
    {
        var fragments = string.Concat(
            Enumerable.Range(0, 60).Select(i => $"fragment f{i} on Media {{ ...f{i + 1} ...f{i + 1} }} ")
        );
        var (status, body) = await sandbox.RefusalAsync(
            $"{{ Media(id: 1) {{ ...f0 }} }} {fragments} fragment f60 on Media {{ id }}"
        );

        Assert.Equal(400, status);
        Assert.Contains("Max query complexity should be 500", body);
    }

    [Fact]
    public async Task Pages_beyond_five_thousand_entries_are_refused()
    {
        var (status, body) = await sandbox.RefusalAsync("{ Page(page: 101, perPage: 50) { media { id } } }");

        Assert.Equal(400, status);
        Assert.Equal(
            """{"errors":[{"message":"Page depth exceeds maximum allowed for API requests (5000 entries)","status":400,"locations":[{"line":1,"column":3}]}],"data":{"Page":null}}""",
            body
        );
    }

    [Theory]
    [InlineData("application/json", "{\"query\":")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{\"query\":\"{ Media(id: 1 { id } }\"}")]
    [InlineData("application/json", "{\"query\":\"\"}")]
    [InlineData("application/json", "{\"query\":null}")]
    [InlineData("text/plain", "{ Media(id: 1) { id } }")]
    public async Task What_cannot_be_read_is_400_in_the_same_envelope(string contentType, string body)
    {
        using var answer = await sandbox.Http.PostAsync("/", new StringContent(body, Encoding.UTF8, contentType));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("""{"errors":[{"message":""", text);
        Assert.EndsWith("\"data\":null}", text);
    }

    [Fact]
    public async Task A_wrong_variable_is_refused_also_when_the_document_is_known()
    {
        const string Query = "query ($id: Int!) { Media(id: $id) { id } }";
        await sandbox.DataAsync(Query, new { id = 1 });

        Assert.Equal(400, (await sandbox.RefusalAsync(Query, new { id = "one" })).Status);
        Assert.Equal(400, (await sandbox.RefusalAsync(Query)).Status);
        Assert.Equal(
            6,
            (await sandbox.DataAsync(Query, new { id = 6 })).GetProperty("Media").GetProperty("id").GetInt32()
        );
    }

    [Theory]
    [InlineData("subscription { Viewer { id } }")]
    [InlineData("query A { Viewer { id } } query B { Viewer { id } }")]
    [InlineData("{ Page { media(startDate_greater: 99999999999) { id } } }")]
    [InlineData("{ Page { media(countryOfOrigin: 1) { id } } }")]
    [InlineData("{ Media(idd: 1) { id } }")]
    [InlineData("{ Media(type: FILM) { id } }")]
    [InlineData("{ Media(id: 1) }")]
    [InlineData("fragment a on Media { ...b } fragment b on Media { ...a } { Media(id: 1) { ...a } }")]
    public async Task A_document_that_is_not_valid_is_400_without_data_and_without_guesses(string query)
    {
        var (status, body) = await sandbox.RefusalAsync(query);

        Assert.Equal(400, status);
        Assert.EndsWith("\"data\":null}", body);
        Assert.DoesNotContain("Did you mean", body);
    }

    [Fact]
    public async Task Fuzzy_dates_may_come_as_numbers_or_as_text_but_not_as_words()
    {
        const string Query = "query ($after: FuzzyDateInt) { Page { media(startDate_greater: $after) { id } } }";
        var asNumber = await sandbox.DataAsync(Query, new { after = 20230000 });
        var asText = await sandbox.DataAsync(Query, new { after = "20230000" });

        Assert.Equal(asNumber.ToString(), asText.ToString());
        Assert.Equal(400, (await sandbox.RefusalAsync(Query, new { after = "yesterday" })).Status);
    }

    [Fact]
    public async Task Answers_carry_AniLists_headers()
    {
        using var answer = await sandbox.PostAsync("{ Media(id: 1) { id } }");

        Assert.Equal("30", answer.Headers.GetValues("X-RateLimit-Limit").Single());
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("no-cache, private", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task An_oversized_body_is_413()
    {
        using var answer = await sandbox.Http.PostAsJsonAsync("/", new { query = new string(' ', 2 * 1024 * 1024) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
