using System.Text;
using System.Text.Json;
using AnimeSync.Api.Hosting;
using AnimeSync.Api.Tests.Http;

namespace AnimeSync.Api.Tests.GraphQLProxy.Persisted;

public sealed class PersistedOptionsTests : IDisposable
{
    private const string Good = "query Sekrit{Viewer{id}}\n";

    private readonly OperationFolder _folder = new();

    public static TheoryData<string> UnusableDocuments =>
        [
            "",
            "{sekrit",
            "type Sekrit{a:Int}",
            "mutation Sekrit{UpdateUser(about:\"x\"){id}}",
            "subscription Sekrit{a}",
            "query Sekrit{__schema{types{name}}}",
            "query Sekrit{a} query Sekrit{b}",
            "query Sekrit{a} mutation B{DeleteUser{id}}",
            "query Sekrit{" + string.Concat(Enumerable.Repeat("id ", 501)) + "}",
            "query Sekrit{a} #\u0001",
            "query Sekrit{a} #" + new string('x', 64 * 1024),
        ];

    public static TheoryData<string> UnusableManifests =>
        [
            "",
            "[]",
            "\"sekrit\"",
            "{\"sekrit\":",
            "{\"sekrit\":7}",
            "{\"sekrit\":\"\\ud800\"}",
            "{\"a\":\"{sekrit}\",\"a\":\"{sekrit}\"}",
            "{\"format\":\"sekrit\",\"version\":1,\"operations\":[]}",
            "{\"format\":\"apollo-persisted-query-manifest\",\"version\":2,\"operations\":[]}",
            "{\"format\":\"apollo-persisted-query-manifest\",\"version\":1,\"operations\":{}}",
            "{\"format\":\"apollo-persisted-query-manifest\",\"version\":1,\"operations\":[{\"id\":\"sekrit\"}]}",
            "{\"format\":\"apollo-persisted-query-manifest\",\"version\":1,\"operations\":[\"sekrit\"]}",
            "{}",
            "{\"format\":\"apollo-persisted-query-manifest\",\"version\":1,\"operations\":[]}",
        ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_list_nothing_is_listed_and_everything_may_be_sent()
    {
        var options = OperationFolder.Read(null, isStrict: false, out var faults);

        Assert.Empty(faults);
        Assert.Empty(options.Operations);
        Assert.False(options.IsStrict);
    }

    [Fact]
    public void A_folder_lists_its_GraphQL_files_by_the_hash_of_their_bytes()
    {
        string[] hashes =
        [
            _folder.Add("a.graphql", Good),
            _folder.Add("b.graphql", "\uFEFF{Viewer{name}}\r\n"),
            _folder.Add("several.graphql", "query A{a} query B{b}"),
        ];
        _folder.Add("README.md", "not a document");

        var options = OperationFolder.Read(_folder.Path, isStrict: true, out var faults);

        Assert.Empty(faults);
        Assert.Equal(hashes.Order(), options.Operations.Keys.Order());
        Assert.Equal(Good, options.Operations[hashes[0]].Query);
        Assert.True(options.IsStrict);
    }

    [Theory]
    [InlineData("""{"HASH":"DOCUMENT"}""")]
    [InlineData(
        """{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"HASH","name":"Sekrit","type":"query","body":"DOCUMENT"}]}"""
    )]
    public void A_manifest_lists_its_documents(string shape)
    {
        var hash = OperationFolder.HashOf(Good);

        var options = OperationFolder.Read(Manifest(shape, hash), isStrict: false, out var faults);

        Assert.Empty(faults);
        Assert.Equal(Good, Assert.Single(options.Operations, pair => pair.Key == hash).Value.Query);
    }

    [Theory]
    [InlineData("{Viewer{id}}", false)]
    [InlineData("query A{a} query B{b}", false)]
    [InlineData("mutation{SaveMediaListEntry(mediaId:1){id}}", true)]
    [InlineData("query A{a} mutation B{ToggleFavourite(animeId:1){anime{nodes{id}}}}", true)]
    [InlineData("{Page{notifications(resetNotificationCount:true){__typename}}}", true)]
    public void It_is_known_which_documents_change_something(string document, bool changes)
    {
        var hash = _folder.Add("a.graphql", document);

        Assert.Equal(changes, _folder.Read().Operations[hash].Changes);
    }

    [Theory]
    [MemberData(nameof(UnusableDocuments))]
    public void A_document_that_no_client_could_send_stops_the_start_by_the_files_name(string document)
    {
        _folder.Add("good.graphql", Good);
        _folder.Add("unusable.graphql", document);

        OperationFolder.Read(_folder.Path, isStrict: false, out var faults);

        AssertRefused(faults, "unusable.graphql");
    }

    [Fact]
    public void A_file_that_is_not_UTF8_stops_the_start_by_its_name()
    {
        _folder.Write("latin.graphql", [.. "{Viewer{id}} # "u8, 0xe9]);

        OperationFolder.Read(_folder.Path, isStrict: false, out var faults);

        AssertRefused(faults, "latin.graphql");
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sekrit")]
    [InlineData("")]
    public void A_wrong_hash_in_a_manifest_stops_the_start_by_its_number(string hash)
    {
        OperationFolder.Read(Manifest("""{"HASH":"DOCUMENT"}""", hash), isStrict: false, out var faults);

        AssertRefused(faults, "number 1");
        AssertRefused(faults, OperationFolder.HashOf(Good));
    }

    [Theory]
    [InlineData("query Sekrit {\n  Viewer { id }\n", "line 2, column 17")]
    [InlineData("query Sekrit {\n  Viewer { id }\n}\n}\n", "line 4, column 1")]
    [InlineData("#\rquery Sekrit {", "cannot be read")]
    public void A_document_that_cannot_be_read_stops_the_start_by_the_place(string document, string place)
    {
        _folder.Add("a.graphql", document);

        OperationFolder.Read(_folder.Path, isStrict: false, out var faults);

        AssertRefused(faults, place);
    }

    [Fact]
    public void A_hash_in_capitals_is_a_wrong_one()
    {
        var hash = OperationFolder.HashOf(Good).ToUpperInvariant();

        OperationFolder.Read(Manifest("""{"HASH":"DOCUMENT"}""", hash), isStrict: false, out var faults);

        AssertRefused(faults, "number 1");
    }

    [Theory]
    [MemberData(nameof(UnusableManifests))]
    public void Any_other_file_stops_the_start(string manifest)
    {
        var path = _folder.Write("sekrit.json", Encoding.UTF8.GetBytes(manifest));

        OperationFolder.Read(path, isStrict: false, out var faults);

        AssertRefused(faults, "GRAPHQL_PERSISTED_OPERATIONS");
    }

    [Fact]
    public void An_empty_folder_and_a_missing_one_stop_the_start()
    {
        OperationFolder.Read(_folder.Path, isStrict: false, out var empty);
        OperationFolder.Read(Path.Combine(_folder.Path, "sekrit"), isStrict: false, out var missing);

        AssertRefused(empty, "GRAPHQL_PERSISTED_OPERATIONS");
        AssertRefused(missing, "GRAPHQL_PERSISTED_OPERATIONS");
    }

    [Fact]
    public void Nothing_but_the_list_needs_a_list()
    {
        OperationFolder.Read(null, isStrict: true, out var faults);

        AssertRefused(faults, "GRAPHQL_PERSISTED_ONLY");
    }

    [Fact]
    public void The_service_does_not_start_with_a_faulty_list()
    {
        _folder.Add("unusable.graphql", "{sekrit");
        var settings = new Dictionary<string, string?> { ["GRAPHQL_PERSISTED_OPERATIONS"] = _folder.Path };

        var refused = Assert.Throws<SettingsException>(() => EdgeHost.Build("Development", settings, "/tmp"));

        AssertRefused(refused.Faults, "unusable.graphql");
    }

    private string Manifest(string shape, string hash)
    {
        var document = JsonEncodedText.Encode(Good).ToString();
        var text = shape.Replace("HASH", hash, StringComparison.Ordinal);
        return _folder.Write(
            "manifest.json",
            Encoding.UTF8.GetBytes(text.Replace("DOCUMENT", document, StringComparison.Ordinal))
        );
    }

    private static void AssertRefused(IReadOnlyCollection<string> faults, string named)
    {
        var fault = Assert.Single(faults);
        Assert.StartsWith("GRAPHQL_PERSISTED_", fault, StringComparison.Ordinal);
        Assert.True(fault.Contains(named, StringComparison.Ordinal), fault);
        Assert.DoesNotContain("sekrit", fault, StringComparison.OrdinalIgnoreCase);
    }
}
