using System.Text.Json;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.GraphQL;

/// <summary>Documents that must not cost one of AniList's requests. Each is below the limit on the body's size.</summary>
[Collection(ProxiedServiceUsers.Name)]
public sealed class RefusedDocumentTests(ProxiedService proxied)
{
    private const string Introspection =
        "query IntrospectionQuery{__schema{queryType{name} types{...T}}} fragment T on __Type{kind name ofType{kind name ofType{kind name ofType{kind name}}}}";

    private static readonly Dictionary<string, string> _unacceptable = new()
    {
        ["fields 50 deep"] = Repeat("{a", 50) + Repeat("}", 50),
        ["10,000 braces"] = Repeat("{", 10_000) + Repeat("}", 10_000),
        ["10,000 fields deep"] = Repeat("{a", 10_000) + Repeat("}", 10_000),
        ["10,000 inline fragments deep"] = Repeat("{...", 10_000) + Repeat("}", 10_000),
        ["10,000 lists deep"] = "{a(x:" + Repeat("[", 10_000) + Repeat("]", 10_000) + ")}",
        ["10,000 objects deep"] = "{a(x:" + Repeat("{y:", 10_000) + "1" + Repeat("}", 10_000) + ")}",
        ["a type 10,000 lists deep"] = "query($a:" + Repeat("[", 10_000) + "Int" + Repeat("]", 10_000) + "){a}",
        ["unclosed"] = "{Viewer{id}",
        ["10,000 unclosed"] = Repeat("{a", 10_000),
        ["a closing brace too many"] = "{Viewer{id}}}",
        ["nothing selected"] = "{}",
        ["1,000 aliases"] = "{" + Numbered(1000, i => $"a{i}:Viewer{{id}}") + "}",
        ["10,000 times one field"] = "{Viewer{" + Repeat("id ", 10_000) + "}}",
        ["a fragment that contains itself"] = "{...A} fragment A on Query{...A}",
        ["two fragments that contain each other"] =
            "{...A} fragment A on Query{Viewer{...B}} fragment B on User{id ...A}",
        ["fragments that fan out to 2^20 fields"] =
            "{...F0} "
            + Numbered(20, i => $"fragment F{i} on Query{{...F{i + 1} ...F{i + 1}}} ")
            + "fragment F20 on Query{a}",
        ["500 unused fragments"] = "{Viewer{id}} " + Numbered(500, i => $"fragment F{i} on User{{id}} "),
        ["an undefined fragment"] = "{...A}",
        ["1,000 directives on one field"] = "{Viewer" + Repeat("@include(if:true)", 1000) + "{id}}",
        ["1,000 fields with a directive each"] = "{Viewer{" + Repeat("id@skip(if:true) ", 1000) + "}}",
        ["an unknown directive"] = "{Viewer@sekrit{id}}",
        ["@defer"] = "{...@defer{Viewer{id}}}",
        ["a directive on the operation"] = "query @live{Viewer{id}}",
        ["several operations, none named"] = "query A{Viewer{id}} query B{Viewer{name}}",
        ["a named operation beside an anonymous one"] = "query A{Viewer{id}} {Viewer{id}}",
        ["two operations of one name"] = "query A{Viewer{id}} query A{Viewer{name}}",
        ["a type definition"] = "type Sekrit{id:Int}",
        ["a page size of 99,999,999"] = "{Page(perPage:99999999){media{id}}}",
        ["a page beyond 32 bits"] = "{Page(page:2147483648){media{id}}}",
        ["a page below zero"] = "{Page(page:-1){media{id}}}",
        ["a default page beyond 32 bits"] = "query($p:Int=2147483648){Page(page:$p){media{id}}}",
        ["501 fields"] = "{Viewer{" + Repeat("id ", 500) + "}}",
        ["an unterminated string"] = "{Media(search:\"sekrit){id}}",
        ["an unterminated block string"] = "{Media(search:\"\"\"sekrit){id}}",
        ["a right-to-left override among the names"] = "{Viewer\u202E{id}}",
    };

    private static readonly Dictionary<string, string> _notAllowed = new()
    {
        ["a subscription"] = "subscription{Viewer{id}}",
        ["another mutation"] = "mutation{UpdateUser(about:\"sekrit\"){id}}",
        ["another mutation by an allowed alias"] = "mutation{SaveMediaListEntry:UpdateUser(about:\"x\"){id}}",
        ["another mutation beside an allowed one"] =
            "mutation{SaveMediaListEntry(mediaId:1){id} DeleteActivity(id:1){deleted}}",
        ["another mutation in a fragment"] = "mutation{...A} fragment A on Mutation{...{UpdateUser(about:\"x\"){id}}}",
        ["another mutation behind a comment"] = "mutation #{SaveMediaListEntry(mediaId:1){id}}\r{UpdateUser{id}}",
        ["a mutation that calls itself a query"] = "mutation query{UpdateUser(about:\"x\"){id}}",
        ["__schema"] = "{__schema{types{name}}}",
        ["__type"] = "{__type(name:\"User\"){fields{name}}}",
        ["__schema by another name"] = "{Viewer:__schema{types{name}}}",
        ["__schema in a fragment"] = "{...A} fragment A on Query{__schema{types{name}}}",
        ["a graphical client's introspection"] = Introspection,
        ["__schema below a mutation"] = "mutation{SaveMediaListEntry(mediaId:1){__schema{types{name}}}}",
    };

    public static TheoryData<string> Unacceptable => [.. _unacceptable.Keys];

    public static TheoryData<string> NotAllowed => [.. _notAllowed.Keys];

    [Theory]
    [MemberData(nameof(Unacceptable))]
    public Task A_document_that_asks_too_much_or_means_nothing_is_rejected(string what) =>
        AssertRefusedAsync(new { query = _unacceptable[what] }, 400, "graphql-rejected");

    [Theory]
    [MemberData(nameof(NotAllowed))]
    public Task What_no_client_may_do_is_not_allowed(string what) =>
        AssertRefusedAsync(new { query = _notAllowed[what] }, 403, "operation-not-allowed");

    [Theory]
    [InlineData("query A{Viewer{id}} query B{Viewer{name}}", "C", 400, "graphql-rejected")]
    [InlineData("query A{Viewer{id}} query B{Viewer{name}}", "", 400, "graphql-rejected")]
    [InlineData("query A{Viewer{id}}", "a", 400, "graphql-rejected")]
    [InlineData("query A{Viewer{id}} mutation B{UpdateUser{id}}", "A", 403, "operation-not-allowed")]
    [InlineData("query A{Viewer{id}} mutation B{UpdateUser{id}}", "B", 403, "operation-not-allowed")]
    [InlineData("query A{Viewer{id}} subscription B{Viewer{id}}", "A", 403, "operation-not-allowed")]
    [InlineData("query A{Viewer{id}} query B{__schema{types{name}}}", "A", 403, "operation-not-allowed")]
    public Task The_named_operation_must_exist_and_hides_nothing(
        string query,
        string operationName,
        int status,
        string slug
    ) => AssertRefusedAsync(new { query, operationName }, status, slug);

    [Theory]
    [InlineData("99999999")]
    [InlineData("2147483648")]
    [InlineData("9007199254740993")]
    [InlineData("1e400")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public async Task A_page_from_a_variable_is_held_to_the_same_range(string page)
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync(
            "{\"query\":\"query($p:Int){Page(perPage:$p){media{id}}}\",\"variables\":{\"p\":" + page + "}}"
        );

        await proxied.AssertRefusedAsync(answer, 400, "graphql-rejected");
    }

    private async Task AssertRefusedAsync(object body, int status, string slug)
    {
        await proxied.ForgetRequestsAsync();

        using var answer = await proxied.PostAsync(JsonSerializer.SerializeToUtf8Bytes(body));

        await proxied.AssertRefusedAsync(answer, status, slug);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Numbered(int times, Func<int, string> text) =>
        string.Concat(Enumerable.Range(0, times).Select(text));
}
