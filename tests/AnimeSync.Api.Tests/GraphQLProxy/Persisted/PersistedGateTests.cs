using System.Text;
using AnimeSync.Api.GraphQLProxy;

namespace AnimeSync.Api.Tests.GraphQLProxy.Persisted;

public sealed class PersistedGateTests : IDisposable
{
    private const string Document = "query Q($id:Int,$s:String){Media(id:$id,search:$s){title{romaji}}} # é\n";
    private const string Mutation = "mutation{SaveMediaListEntry(mediaId:1,progress:2){id}}";

    private const string Free = "{Viewer{id}}";

    private static readonly string _unknown = new('0', 64);

    private readonly OperationFolder _folder = new();
    private readonly string _hash;
    private readonly string _mutation;

    public PersistedGateTests()
    {
        _hash = _folder.Add("q.graphql", Document);
        _mutation = _folder.Add("m.graphql", Mutation);
    }

    public static TheoryData<string> Malformed =>
        [
            "null",
            "7",
            "\"HASH\"",
            "[]",
            "{}",
            """{"version":1}""",
            """{"sha256Hash":"HASH"}""",
            """{"version":2,"sha256Hash":"HASH"}""",
            """{"version":"1","sha256Hash":"HASH"}""",
            """{"version":1.5,"sha256Hash":"HASH"}""",
            """{"version":null,"sha256Hash":"HASH"}""",
            """{"version":1,"sha256Hash":7}""",
            """{"version":1,"sha256Hash":null}""",
            """{"version":1,"sha256Hash":""}""",
            """{"version":1,"sha256Hash":"HASH0"}""",
            """{"version":1,"sha256Hash":" HASH"}""",
            """{"version":1,"sha256Hash":"HASH","register":true}""",
            """{"version":1,"version":1,"sha256Hash":"HASH"}""",
            """{"version":1,"sha256Hash":"HASH","sha256Hash":"HASH"}""",
            """{"version":1,"sha256Hash":"HASH","sha256H\u0061sh":"HASH"}""",
            """{"version":1,"sha256Hash":"HASH"},"persistedQuery":{"version":1,"sha256Hash":"HASH"}""",
        ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_hash_becomes_its_document_and_variables_keep_their_digits()
    {
        var (refusal, body) = Judge(
            $$"""{"operationName":"Q","variables":{"id":9007199254740993, "s":1.10},{{Extensions(_hash)}}}"""
        );

        Assert.Null(refusal);
        Assert.Equal(
            $$"""{"query":{{Json(Document)}},"variables":{"id":9007199254740993, "s":1.10},"operationName":"Q"}""",
            body
        );
    }

    [Fact]
    public void Extensions_of_other_kinds_mean_nothing()
    {
        var (refusal, body) = Judge(
            $$"""{"extensions":{"a":{"persistedQuery":7},"persistedQuery":{"sha256Hash":"{{_hash}}","version":1},"a":[]} }"""
        );

        Assert.Null(refusal);
        Assert.Equal($$"""{"query":{{Json(Document)}}}""", body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"query\":\"\",")]
    public void An_unknown_hash_is_told_in_the_word_that_clients_look_for(string query)
    {
        var (refusal, _) = Judge($$"""{ {{query}} {{Extensions(_unknown)}}}""");

        Assert.Equal(("graphql-rejected", "PersistedQueryNotFound"), (refusal!.Problem.Slug, refusal.Detail));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_persisted_query_of_any_other_shape_is_malformed(string value)
    {
        var text = value.Replace("HASH", _hash, StringComparison.Ordinal);

        var (refusal, _) = Judge($$"""{"extensions":{"persistedQuery":{{text}} } }""");

        Assert.Equal("malformed-request", refusal?.Problem.Slug);
    }

    [Fact]
    public void A_hash_in_capitals_is_malformed() =>
        Assert.Equal("malformed-request", SlugOf($$"""{ {{Extensions(_hash.ToUpperInvariant())}}}"""));

    [Fact]
    public void A_hash_and_its_document_go_together_listed_or_not()
    {
        var own = OperationFolder.HashOf(Free);

        Assert.Null(SlugOf($$"""{"query":{{Json(Document)}},{{Extensions(_hash)}}}"""));
        Assert.Null(SlugOf($$"""{"query":{{Json(Free)}},{{Extensions(own)}}}"""));
    }

    [Fact]
    public void A_hash_of_another_document_is_rejected()
    {
        Assert.Equal("graphql-rejected", SlugOf($$"""{"query":{{Json(Free)}},{{Extensions(_hash)}}}"""));
        Assert.Equal("graphql-rejected", SlugOf($$"""{"query":{{Json(Document)}},{{Extensions(_mutation)}}}"""));
    }

    [Fact]
    public void Sending_a_document_with_its_hash_lists_nothing()
    {
        var hash = OperationFolder.HashOf(Free);
        var gate = OperationGateTests.NewGate(persisted: _folder.Read());

        Assert.Null(Judge($$"""{"query":{{Json(Free)}},{{Extensions(hash)}}}""", gate: gate).Refusal);
        var (refusal, _) = Judge($$"""{ {{Extensions(hash)}}}""", gate: gate);

        Assert.Equal("PersistedQueryNotFound", refusal?.Detail);
    }

    [Fact]
    public void In_strict_mode_only_what_is_listed_passes_by_hash_or_as_text()
    {
        var gate = OperationGateTests.NewGate("Development", _folder.Read(isStrict: true));

        string? Slug(string body) => Judge(body, gate: gate).Refusal?.Problem.Slug;

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Null(Slug($$"""{ {{Extensions(_hash)}}}"""));
            Assert.Null(Slug($$"""{"query":{{Json(Document)}}}"""));
            Assert.Null(Slug($$"""{"query":{{Json(Mutation)}},{{Extensions(_mutation)}}}"""));
            Assert.Equal("operation-not-allowed", Slug($$"""{"query":{{Json(Free)}}}"""));
            Assert.Equal("operation-not-allowed", Slug($$"""{"query":{{Json(Document + " ")}}}"""));
            Assert.Equal(
                "operation-not-allowed",
                Slug($$"""{"query":{{Json(Free)}},{{Extensions(OperationFolder.HashOf(Free))}}}""")
            );
            Assert.Equal("graphql-rejected", Slug($$"""{ {{Extensions(_unknown)}}}"""));
            Assert.Equal("graphql-rejected", Slug($$"""{"query":{{Json(Free)}},{{Extensions(_hash)}}}"""));
        }
    }

    [Fact]
    public void A_persisted_operation_is_held_to_its_variables_and_its_name()
    {
        var paged = _folder.Add("p.graphql", "query A($p:Int){Page(page:$p){media{id}}} query B{b}");

        Assert.Null(SlugOf($$"""{"operationName":"A","variables":{"p":1},{{Extensions(paged)}}}"""));
        Assert.Equal(
            "graphql-rejected",
            SlugOf($$"""{"operationName":"A","variables":{"p":5001},{{Extensions(paged)}}}""")
        );
        Assert.Equal("graphql-rejected", SlugOf($$"""{ {{Extensions(paged)}}}"""));
    }

    [Fact]
    public void One_document_sent_two_ways_is_one_operation()
    {
        var gate = OperationGateTests.NewGate(persisted: _folder.Read());
        ReadOnlyMemory<byte> named = Encoding.UTF8.GetBytes($$"""{ {{Extensions(_hash)}}}""");
        var written = Encoding.UTF8.GetBytes($$"""{"query":{{Json(Document)}}}""");

        gate.TryPass(ref named, out var first);

        Assert.Same(first, gate.Find(written));
    }

    [Fact]
    public void A_GET_passes_a_persisted_query_only()
    {
        Assert.Null(Judge($$"""{ {{Extensions(_hash)}}}""", isGet: true).Refusal);
        Assert.Equal("POST", Judge($$"""{ {{Extensions(_mutation)}}}""", isGet: true).Refusal?.Allow);
        Assert.Equal("POST", Judge("""{"extensions":{}}""", isGet: true).Refusal?.Allow);
    }

    private string? SlugOf(string body) => Judge(body).Refusal?.Problem.Slug;

    private (GraphQLRefusal? Refusal, string Body) Judge(string body, OperationGate? gate = null, bool isGet = false)
    {
        gate ??= OperationGateTests.NewGate(persisted: _folder.Read());
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(body);
        var refusal = gate.TryPass(ref bytes, out _, isGet);
        return (refusal, Encoding.UTF8.GetString(bytes.Span));
    }

    private static string Extensions(string hash) =>
        $$"""
            "extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{hash}}"} }
            """;

    // As little escaped as possible: what the service writes, too.
    private static string Json(string text) =>
        "\""
        + text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        + "\"";
}
