using System.Text.RegularExpressions;

namespace AnimeSync.Sandbox.Tests.GraphQL;

/// <summary>
/// Queries are laid out once and answered by the sandbox's own walk; a directive sends the same question through the
/// library's executer, whose answer is the measure.
/// </summary>
public sealed partial class QueryPlanTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("{ Media(id: 1) { __typename id title { romaji } t: title { native __typename } } }")]
    [InlineData(
        "{ Media(id: 1) { title { romaji } title { english } ...a } } fragment a on Media { title { native } id }"
    )]
    [InlineData("{ Media(id: 1) { ... { id } ... on Media { type } } }")]
    [InlineData("{ a: Media(id: 1) { id } b: Media(id: 6, type: ANIME) { id genres tags { id } } }")]
    [InlineData(
        "{ Page(page: 2, perPage: 3) { pageInfo { total hasNextPage } media(sort: [ID_DESC]) { id startDate { year } } } }"
    )]
    [InlineData(
        "{ Media(id: 5114) { studios(isMain: true) { edges { isMain node { id name } } } isAdult averageScore } }"
    )]
    [InlineData("query One { Media(id: 1) { id } } query Two { Media(id: 6) { id } }", "{}", "Two")]
    [InlineData("query ($id: Int!) { Media(id: $id) { id } }", """{"id":6}""")]
    [InlineData("query ($id: Int = 6) { Media(id: $id) { id } }", "{}")]
    [InlineData("query ($id: Int = 6) { Media(id: $id) { id } }", """{"id":null}""")]
    [InlineData(
        "query ($in: [Int], $sort: [MediaSort]) { Page { media(id_in: $in, sort: $sort) { id } } }",
        """{"in":[6,1],"sort":["ID_DESC"]}"""
    )]
    [InlineData("query ($in: Int) { Page { media(id_in: [1, $in]) { id } } }", """{"in":6}""")]
    [InlineData("query ($in: [Int]) { Page { media(id_in: $in) { id } } }", """{"in":6}""")]
    [InlineData(
        "query ($name: String) { MediaListCollection(userName: $name, type: ANIME) { lists { name entries { id score(format: POINT_100) customLists } } } }",
        """{"name":"mika"}"""
    )]
    [InlineData("{ User(name: \"rin\") { name options { titleLanguage } statistics { anime { count meanScore } } } }")]
    [InlineData("query ($id: Int!) { Media(id: $id) { id } }", "{}")]
    [InlineData("query ($id: Int!) { Media(id: $id) { id } }", """{"id":"6"}""")]
    [InlineData("query ($id: Int) { Media(id: $id) { id } }", """{"id":1.5}""")]
    [InlineData("query ($search: String) { Page { media(search: $search) { id } } }", """{"search":7}""")]
    [InlineData("{ Media(id: 999999) { id } }")]
    [InlineData("{ a: Media(id: 1) { id } Viewer { id } }")]
    public async Task The_answer_is_the_one_the_general_executer_gives(
        string query,
        string variables = "{}",
        string? operationName = null
    )
    {
        var general = FieldsWithArguments().Replace(query, "$0@include(if: true) ");

        var (status, body) = await AskAsync(query, variables, operationName);
        // Asked again it is a document that is known.
        var again = await AskAsync(query, variables, operationName);
        var expected = await AskAsync(general, variables, operationName);

        Assert.Contains("@include", general);
        Assert.Equal((expected.Status, WithoutColumns(expected.Body)), (status, WithoutColumns(body)));
        Assert.Equal((status, body), again);
    }

    private async Task<(int Status, string Body)> AskAsync(string query, string variables, string? operationName)
    {
        var body =
            $$"""{"query":{{System.Text.Json.JsonSerializer.Serialize(query)}},"variables":{{variables}},"operationName":{{System.Text.Json.JsonSerializer.Serialize(operationName)}}}""";
        using var answer = await sandbox.Http.PostAsync("/", Control.ControlCalls.Json(body));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // The directive moves what stands behind it.
    private static string WithoutColumns(string body) => Column().Replace(body, "");

    [GeneratedRegex(@"\w+\([^)]*\) (?=\{)")]
    private static partial Regex FieldsWithArguments();

    [GeneratedRegex("\"column\":[0-9]+")]
    private static partial Regex Column();
}
