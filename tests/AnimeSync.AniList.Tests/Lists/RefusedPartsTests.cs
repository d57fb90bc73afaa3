using System.Globalization;
using System.Text.RegularExpressions;
using AnimeSync.AniList.Lists;
using AnimeSync.AniList.Tests.Gateway.Requests;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>Errors of AniList's that the sandbox does not play: without a place, several at once, and senseless.</summary>
public sealed partial class RefusedPartsTests
{
    private const int Wrong = 13;

    private static readonly EntrySave[] _saves = [.. Enumerable.Range(10, 8).Select(id => new EntrySave(id))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_that_points_nowhere_is_found_by_halves()
    {
        await using var world = new GatewayWorld();
        world.AniList = sent =>
        {
            var titles = TitlesIn(sent);
            return Task.FromResult(
                titles.Contains(Wrong)
                    ? GatewayWorld.Json("""{"errors":[{"message":"Not Found.","status":404}],"data":null}""", 404)
                    : GatewayWorld.Json(Saved(titles))
            );
        };

        var saved = await SaveAsync(world);

        Assert.Equal((WriteOutcome.Refused, AniListFailure.NotFound), (saved[Wrong].Outcome, saved[Wrong].Failure));
        Assert.All(saved.Where(one => one.Key != Wrong), one => Assert.Equal(WriteOutcome.Done, one.Value.Outcome));
        // Eight, four, four, two, two, one, one.
        Assert.Equal(7, world.Sent.Count);
    }

    [Fact]
    public async Task Several_errors_at_once_cost_one_further_request()
    {
        await using var world = new GatewayWorld();
        world.AniList = sent =>
        {
            var titles = TitlesIn(sent);
            var lines = titles.Index().Where(title => title.Item % 2 == 1).Select(title => title.Index + 2).ToList();
            var errors = lines.Select(line =>
                $$$"""{"message":"validation","status":400,"locations":[{"line":{{{line}}},"column":1}],"validation":{"progress":["Too far."]}}"""
            );
            return Task.FromResult(
                lines.Count > 0
                    ? GatewayWorld.Json($$"""{"errors":[{{string.Join(',', errors)}}],"data":null}""", 400)
                    : GatewayWorld.Json(Saved(titles))
            );
        };

        var saved = await SaveAsync(world);

        Assert.All(saved.Where(one => one.Key % 2 == 0), one => Assert.Equal(WriteOutcome.Done, one.Value.Outcome));
        Assert.All(
            saved.Where(one => one.Key % 2 == 1),
            one => Assert.Equal(["Too far."], Assert.Single(one.Value.Refusals).Messages)
        );
        Assert.Equal(2, world.Sent.Count);
    }

    [Theory]
    [InlineData(
        """{"errors":[{"message":"Internal Server Error","status":500,"locations":[{"line":2,"column":1}]}],"data":null}"""
    )]
    [InlineData(
        """{"errors":[{"message":"Cannot query field \"x\" on type \"MediaList\".","status":400}],"data":null}"""
    )]
    [InlineData("""{"data":{}}""")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":{"a0":7,"a1":{},"a2":[],"a3":"x","a4":{"id":1,"userId":5,"mediaId":10}}}""")]
    public async Task An_answer_that_says_nothing_of_a_change_leaves_it_lost_after_one_request(string body)
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(body)) };

        var saved = await SaveAsync(world);

        Assert.Equal(_saves.Select(save => save.MediaId), saved.Keys.Order());
        Assert.All(saved.Values, result => Assert.Equal(WriteOutcome.Lost, result.Outcome));
        Assert.Single(world.Sent);
    }

    [Theory]
    [InlineData("""{"data":{"MediaListCollection":null}}""")]
    [InlineData("""{"data":{"MediaListCollection":{"lists":[]}}}""")]
    [InlineData("""{"data":{"MediaListCollection":{"hasNextChunk":false,"lists":null}}}""")]
    [InlineData("""{"data":{"MediaListCollection":{"hasNextChunk":false,"lists":[null]}}}""")]
    [InlineData("""{"data":{"MediaListCollection":{"hasNextChunk":false,"lists":[{"entries":null}]}}}""")]
    public async Task A_chunk_without_the_shape_that_was_asked_for_is_no_end_of_a_list(string body)
    {
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(body)) };
        var pull = new ListReads(world.Gateway(), TimeProvider.System).Pull(Owner());

        var step = await pull.NextAsync(Cancellation);

        Assert.Equal((AniListFailure.Broken, false, false), (step.Failure, pull.IsOver, pull.IsComplete));
    }

    [Fact]
    public async Task A_list_that_never_ends_ends_at_AniLists_cap()
    {
        await using var world = new GatewayWorld
        {
            AniList = _ =>
                Task.FromResult(
                    GatewayWorld.Json("""{"data":{"MediaListCollection":{"hasNextChunk":true,"lists":[]}}}""")
                ),
        };
        var pull = new ListReads(world.Gateway(), TimeProvider.System).Pull(Owner());

        while (!pull.IsOver)
        {
            await pull.NextAsync(Cancellation);
        }

        Assert.False(pull.IsComplete);
        Assert.Equal(22, world.Sent.Count);
    }

    [Fact]
    public async Task An_entry_that_slips_into_the_next_chunk_is_returned_once()
    {
        await using var world = new GatewayWorld();
        world.AniList = _ =>
        {
            var (hasNext, id) = (world.Sent.Count < 3 ? "true" : "false", world.Sent.Count + 1);
            const string Body = """
                {"data":{"MediaListCollection":{"hasNextChunk":NEXT,"lists":[{"entries":[
                {"id":1,"userId":5,"mediaId":1},{"id":ID,"userId":5,"mediaId":2}]}]}}}
                """;
            return Task.FromResult(GatewayWorld.Json(Body.Replace("NEXT", hasNext).Replace("ID", $"{id}")));
        };
        var pull = new ListReads(world.Gateway(), TimeProvider.System).Pull(Owner());
        var ids = new List<int>();

        while (!pull.IsOver)
        {
            ids.AddRange((await pull.NextAsync(Cancellation)).Value!.Entries.Select(entry => entry.Id));
        }

        Assert.Equal([1, 2, 3, 4], ids);
        Assert.Equal((4, true), (pull.Seen, pull.IsComplete));
    }

    [Fact]
    public async Task A_list_with_an_entry_that_makes_no_sense_is_not_complete()
    {
        const string Body = """
            {"data":{"MediaListCollection":{"hasNextChunk":false,"lists":[{"entries":[{"id":1},{"id":2,"userId":5,"mediaId":3}]}]}}}
            """;
        await using var world = new GatewayWorld { AniList = _ => Task.FromResult(GatewayWorld.Json(Body)) };
        var pull = new ListReads(world.Gateway(), TimeProvider.System).Pull(Owner());

        var step = await pull.NextAsync(Cancellation);

        Assert.Equal((3, 1), (Assert.Single(step.Value!.Entries).MediaId, step.Value.Skipped));
        Assert.Equal((true, false), (pull.IsOver, pull.IsComplete));
    }

    private static Task<IReadOnlyDictionary<int, WriteResult>> SaveAsync(GatewayWorld world) =>
        new ListWrites(world.Gateway(), TimeProvider.System).SaveAsync(Owner(), _saves, Cancellation);

    private static ListOwner Owner() => new(Guid.NewGuid(), 5, _ => new("token"));

    private static string Saved(IEnumerable<int> titles)
    {
        var parts = titles.Select((id, i) => $$"""a{{i}}":{"id":{{id}},"userId":5,"mediaId":{{id}}}""");
        return $$$"""{"data":{"{{{string.Join(",\"", parts)}}}}}""";
    }

    private static List<int> TitlesIn(SentRequest sent) =>
        [
            .. MediaId()
                .Matches(sent.Variables)
                .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];

    [GeneratedRegex("\"mediaId[0-9]+\":([0-9]+)")]
    private static partial Regex MediaId();
}
