using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.GraphQLProxy;
using AnimeSync.Api.GraphQLProxy.Persisted;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace AnimeSync.Api.Tests.GraphQLProxy;

public sealed class OperationGateTests
{
    private const string Deep = "{Page{media{relations{edges{node{relations{edges{node{title{romaji}}}}}}}}}}";

    public static TheoryData<string> AcceptableQueries =>
        [
            "{Media(id:1){id}}",
            "query Q($id:Int,$page:Int=1){Page(page:$page,perPage:50){media(id:$id){id}}}",
            Deep,
            "{Media{...F ...F}} fragment F on Media{id title{...T}} fragment T on MediaTitle{romaji}",
            "{Media{... on Media @include(if:true){id} idMal @skip(if:false)}}",
            "{Viewer{__typename id}}",
            "mutation{SaveMediaListEntry(mediaId:1,progress:2){id}}",
            "mutation{a:ToggleFavourite(animeId:1){anime{nodes{id}}} b:DeleteMediaListEntry(id:1){deleted}}",
            "mutation{UpdateMediaListEntries(ids:[1,2],status:CURRENT){id __typename}}",
            "mutation{...M} fragment M on Mutation{SaveMediaListEntry(mediaId:1){id}}",
            "{Media(search:\"\"\"a { \"quoted\" } block\"\"\"){id}}",
            "{Media(search:\"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{\"){id}}",
            "# a comment with { braces\r\n{Media{id}}",
            "\uFEFF{Media{id}}",
        ];

    public static TheoryData<string> RejectedQueries =>
        [
            "{",
            "{}",
            "query",
            "{Media{id}} }",
            "type A{b:Int}",
            "{Media{id}} scalar S",
            "extend type A{b:Int}",
            Repeat("{a", 50) + Repeat("}", 50),
            Repeat("{a", 16) + Repeat("}", 16),
            Repeat("{", 10_000),
            Repeat("{a", 10_000),
            "{a(x:" + Repeat("[", 10_000),
            "{a(x:" + Repeat("{y:", 10_000),
            "query($a:" + Repeat("[", 10_000),
            "{" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"a{i}:Media{{id}}")) + "}",
            "{" + string.Concat(Enumerable.Range(0, 101).Select(i => $"a{i}:x ")) + "}",
            "{" + Repeat("id ", 10_000) + "}",
            "{" + Repeat("id ", 501) + "}",
            "{...A} fragment A on Q{...A}",
            "{...A} fragment A on Q{b{...B}} fragment B on Q{c{...A}}",
            "{...A}",
            "{id} fragment A on Q{id}",
            "{...A} fragment A on Q{id} fragment A on Q{id}",
            "{id}" + string.Concat(Enumerable.Range(0, 500).Select(i => $" fragment F{i} on Q{{id}}")),
            FanOut(20),
            "{a" + Repeat("@include(if:true)", 1000) + "}",
            "{a @include(if:true) @skip(if:false) @include(if:true)}",
            "{a @defer}",
            "query @live{a}",
            "query($a:Int @x){a}",
            "{...A} fragment A on Q @x{id}",
            "query A{a} query B{b}",
            "query A{a} query A{b}",
            "query A{a} {b}",
            "{a} {b}",
            "{Page(page:2147483648){media{id}}}",
            "{Page(perPage:99999999){media{id}}}",
            "{Page(page:-1){media{id}}}",
            "query($p:Int=99999999999){Page(page:$p){media{id}}}",
            "query($p:Int=99999){Page(page:$p){media{id}}}",
            "query($p:Int=-5){Page(perPage:$p){media{id}}}",
            "query($p:Int=5001){...F}fragment F on Query{Page(page:$p){media{id}}}",
            "{Media(id_in:[1,99999999999]){id}}",
            "query(" + string.Concat(Enumerable.Range(0, 101).Select(i => $"$v{i}:Int ")) + "){a}",
            "{a(b:\"unterminated)}",
            "{a\u00A0}",
        ];

    public static TheoryData<string> ForbiddenQueries =>
        [
            "subscription{a}",
            "mutation{DeleteUser{id}}",
            "mutation{UpdateUser(about:\"x\"){id}}",
            "mutation{SaveMediaListEntry(mediaId:1){id} UpdateUser{id}}",
            "mutation{SaveMediaListEntry:UpdateUser{id}}",
            "mutation{... on Mutation{... {UpdateUser{id}}}}",
            "mutation{...A} fragment A on Mutation{...B} fragment B on Mutation{UpdateUser{id}}",
            "mutation{saveMediaListEntry(mediaId:1){id}}",
            "#\rmutation{UpdateUser{id}}",
            "mutation #{SaveMediaListEntry(mediaId:1){id}}\r{UpdateUser{id}}",
            "{__schema{types{name}}}",
            "{__type(name:\"User\"){name}}",
            "{a:__schema{types{name}}}",
            "{...A} fragment A on Query{__schema{types{name}}}",
            "mutation{SaveMediaListEntry(mediaId:1){__schema{types{name}}}}",
        ];

    public static TheoryData<string> MalformedBodies =>
        [
            "",
            "null",
            "7",
            "\"{a}\"",
            "{}",
            "{\"query\":null}",
            "{\"query\":7}",
            "{\"query\":\" \"}",
            "{\"query\":[\"{a}\"]}",
            "{\"query\":\"{a}\"",
            "{\"query\":\"{a}\"}x",
            "{\"query\":\"{a}\",}",
            "{\"query\":\"{a}\"} {\"query\":\"{a}\"}",
            "{/**/\"query\":\"{a}\"}",
            "{'query':'{a}'}",
            "{\"Query\":\"{a}\"}",
            "{\"query\":\"{a}\",\"id\":1}",
            "{\"query\":\"{a}\",\"query\":\"mutation{UpdateUser{id}}\"}",
            "{\"query\":\"{a}\",\"qu\\u0065ry\":\"{b}\"}",
            "{\"query\":\"{a}\",\"variables\":[]}",
            "{\"query\":\"{a}\",\"variables\":\"{}\"}",
            "{\"query\":\"{a}\",\"variables\":7}",
            "{\"query\":\"{a}\",\"variables\":{\"a\":NaN}}",
            "{\"query\":\"{a}\",\"variables\":{\"a\":01}}",
            "{\"query\":\"{a}\",\"variables\":{\"a\":1,\"a\":2}}",
            "{\"query\":\"{a}\",\"variables\":{\"b\":[{\"a\":1,\"\\u0061\":2}]}}",
            "{\"query\":\"{a}\",\"variables\":{\"a\":\"\\u0000\"}}",
            "{\"query\":\"{a}\",\"variables\":{\"a\\u0000\":1}}",
            "{\"query\":\"{a}\",\"variables\":{\"a\":\"\\ud800\"}}",
            "{\"query\":\"{a}\",\"variables\":{\"\\udc00\":1}}",
            "{\"query\":\"{a}\",\"variables\":" + Repeat("{\"a\":", 5000) + "1" + Repeat("}", 5000) + "}",
            "{\"query\":\"{a\\u0000}\"}",
            "{\"query\":\"{a\\u0001}\"}",
            "{\"query\":\"{a\\ud800}\"}",
            "{\"query\":\"{a}\",\"operationName\":7}",
            "{\"query\":\"{a}\",\"extensions\":7}",
            "\uFEFF{\"query\":\"{a}\"}",
        ];

    [Theory]
    [MemberData(nameof(AcceptableQueries))]
    public void What_clients_really_send_passes_untouched(string query)
    {
        var body = Body(query);
        var bytes = body;

        Assert.Null(NewGate().TryPass(ref bytes, out var operation));

        Assert.Equal(body, bytes);
        Assert.InRange(operation.Cost, 1, 500);
    }

    [Theory]
    [MemberData(nameof(RejectedQueries))]
    public void A_document_that_asks_too_much_or_means_nothing_is_rejected(string query) =>
        Assert.Equal("graphql-rejected", SlugOf(Body(query)));

    [Theory]
    [MemberData(nameof(ForbiddenQueries))]
    public void What_the_token_could_do_but_no_client_may_is_not_allowed(string query) =>
        Assert.Equal("operation-not-allowed", SlugOf(Body(query)));

    [Theory]
    [MemberData(nameof(MalformedBodies))]
    public void A_body_that_two_parsers_could_read_differently_is_malformed(string body) =>
        Assert.Equal("malformed-request", SlugOf(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"query\":\"{a}\"}]")]
    public void A_batch_is_rejected(string body) =>
        Assert.Equal("graphql-rejected", SlugOf(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Overlong_UTF8_is_malformed() =>
        Assert.Equal("malformed-request", SlugOf(new byte[] { (byte)'{', 0xC0, 0xAF, (byte)'}' }));

    [Fact]
    public void Introspection_is_for_developers_at_their_desk()
    {
        var body = Body("{__schema{types{name fields{name type{name ofType{name ofType{name}}}}}}}");

        Assert.Null(NewGate(Environments.Development).TryPass(ref body, out _));
    }

    [Theory]
    [InlineData("query A{a} query B{b}", "B", null)]
    [InlineData("query A{a} query B{b}", "C", "graphql-rejected")]
    [InlineData("query A{a}", "B", "graphql-rejected")]
    [InlineData("query A{a}", "", null)]
    [InlineData("{a}", "", null)]
    [InlineData("query A{a} mutation B{UpdateUser{id}}", "A", "operation-not-allowed")]
    [InlineData("query A{a} subscription B{c}", "A", "operation-not-allowed")]
    public void The_named_operation_must_exist_and_its_neighbours_be_allowed(string query, string name, string? slug) =>
        Assert.Equal(
            slug,
            SlugOf(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { query, operationName = name })))
        );

    [Theory]
    [InlineData("50", null)]
    [InlineData("5000", null)]
    [InlineData("null", null)]
    [InlineData("5001", "graphql-rejected")]
    [InlineData("2147483648", "graphql-rejected")]
    [InlineData("1.5", "graphql-rejected")]
    [InlineData("-1", "graphql-rejected")]
    public void A_page_number_from_a_variable_is_held_to_the_same_range(string value, string? slug) =>
        Assert.Equal(
            slug,
            SlugOf(
                Encoding.UTF8.GetBytes(
                    "{\"query\":\"query($p:Int){Page(page:$p){media{id}}}\",\"variables\":{\"p\":" + value + "}}"
                )
            )
        );

    [Fact]
    public void Extensions_stay_here_and_everything_else_keeps_its_digits()
    {
        var text =
            "{\"extensions\":{\"tracing\":{\"version\":1},\"other\":[]},\"query\":\"{a}\","
            + "\"variables\":{\"big\":9007199254740993,\"small\":1.10}}";
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text);
        var gate = NewGate();

        Assert.Null(gate.TryPass(ref bytes, out _));

        Assert.Equal(
            "{\"query\":\"{a}\",\"variables\":{\"big\":9007199254740993,\"small\":1.10}}",
            Encoding.UTF8.GetString(bytes.Span)
        );
    }

    [Fact]
    public void A_body_seen_before_is_judged_the_same()
    {
        var gate = NewGate();
        var body = Body(Deep);

        Assert.Null(gate.Find(body));
        gate.TryPass(ref body, out var first);

        Assert.Same(first, gate.Find(body));
    }

    [Fact]
    public void More_bodies_than_can_be_remembered_are_still_served()
    {
        var gate = NewGate();

        foreach (var i in Enumerable.Range(0, 20_000))
        {
            var body = Body($"{{a{i}}}");
            Assert.Null(gate.TryPass(ref body, out var operation));
            Assert.Equal(1, operation.Cost);
        }
    }

    public static TheoryData<string, string> Excessive =>
        new()
        {
            { "{" + Repeat("a:id ", 101) + "}", "Too many aliases: 100 are allowed." },
            { "{" + Repeat("id ", 501) + "}", "Too many selected fields: 500 are allowed." },
            { Repeat("{a", 16) + Repeat("}", 16), "Too many fields inside each other: 15 are allowed." },
            {
                "{a @skip(if:true) @skip(if:true) @skip(if:true)}",
                "Too many directives on one selection: 2 are allowed."
            },
            {
                "{a}" + string.Concat(Enumerable.Range(0, 51).Select(i => $"fragment F{i} on Q{{a}}")),
                "Too many fragments: 50 are allowed."
            },
        };

    [Theory]
    [MemberData(nameof(Excessive))]
    public void A_refusal_says_how_many_are_allowed(string query, string detail) =>
        Assert.Equal(detail, Refusal(Body(query))?.Detail);

    [Fact]
    public void No_refusal_repeats_what_was_sent()
    {
        var refusals = RejectedQueries
            .Concat(ForbiddenQueries)
            .Select(row => Refusal(Body("query Sekrit{sekrit} " + row.Data)))
            .Where(refusal => refusal is not null)
            .Select(refusal => refusal!.Detail!);

        Assert.All(refusals, detail => Assert.DoesNotContain("sekrit", detail, StringComparison.OrdinalIgnoreCase));
    }

    internal static ReadOnlyMemory<byte> Body(string query) => JsonSerializer.SerializeToUtf8Bytes(new { query });

    internal static OperationGate NewGate(string environment = "Production", PersistedOptions? persisted = null) =>
        new(
            new CheckedOperations(),
            new PersistedOperations(persisted ?? new(FrozenDictionary<string, PersistedOperation>.Empty, false)),
            new HostingEnvironment { EnvironmentName = environment }
        );

    private static string? SlugOf(ReadOnlyMemory<byte> body) => Refusal(body)?.Problem.Slug;

    private static GraphQLRefusal? Refusal(ReadOnlyMemory<byte> body) => NewGate().TryPass(ref body, out _);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string FanOut(int levels) =>
        "{...F0} "
        + string.Concat(Enumerable.Range(0, levels).Select(i => $"fragment F{i} on Q{{...F{i + 1} ...F{i + 1}}} "))
        + $"fragment F{levels} on Q{{a}}";
}
