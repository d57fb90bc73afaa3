using AnimeSync.AniList.Lists;
using AnimeSync.AniList.Tests.Gateway.Requests;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>When AniList does not filter a page by many users after all.</summary>
public sealed class ChangesOfEachTests
{
    private const string Unknown = """
        {"errors":[{"message":"Unknown argument \"userId_in\" on field \"mediaList\" of type \"Page\".","status":400}],"data":null}
        """;

    private const string Strangers = """
        {"data":{"Page":{"pageInfo":{"hasNextPage":true},"mediaList":[{"id":1,"userId":99,"mediaId":1}]}}}
        """;

    private const string OfEach = """
        {"data":{
        "a0":{"pageInfo":{"hasNextPage":true},"mediaList":[{"id":1,"userId":7,"mediaId":1,"updatedAt":50},{"id":2,"userId":7,"mediaId":2,"updatedAt":30}]},
        "a1":{"pageInfo":{"hasNextPage":false},"mediaList":[{"id":3,"userId":8,"mediaId":1,"updatedAt":40},{"id":4,"userId":8,"mediaId":2,"updatedAt":10}]}}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Unknown, 400)]
    [InlineData(Strangers, 200)]
    public async Task Each_list_is_asked_for_by_itself_from_then_on(string ofMany, int status)
    {
        await using var world = new GatewayWorld();
        world.AniList = sent =>
            Task.FromResult(
                sent.Query.Contains("userId_in", StringComparison.Ordinal)
                    ? GatewayWorld.Json(ofMany, status)
                    : GatewayWorld.Json(OfEach)
            );
        var reads = new ListReads(world.Gateway(), TimeProvider.System);
        Assert.Equal(10_000, reads.UsersAtOnce);

        var refused = await reads.ReadChangesAsync([7, 8], 1, Cancellation);
        Assert.Equal((AniListFailure.Rejected, null, 10), (refused.Failure, refused.Value, reads.UsersAtOnce));
        var page = (await reads.ReadChangesAsync([7, 8], 1, Cancellation)).Value!;

        Assert.Equal([50, 40, 30, 10], page.Found.Entries.Select(entry => entry.UpdatedAt!.Value.ToUnixTimeSeconds()));
        Assert.Equal((true, 30), (page.HasNext, page.ShownDownTo?.ToUnixTimeSeconds()));
        Assert.Equal(2, world.Sent.Count);
    }

    [Fact]
    public async Task A_stumble_of_AniLists_changes_nothing_for_the_next_question()
    {
        await using var world = new GatewayWorld
        {
            AniList = _ =>
                Task.FromResult(
                    GatewayWorld.Json(
                        """{"errors":[{"message":"Internal Server Error","status":500}],"data":null}""",
                        500
                    )
                ),
        };
        var reads = new ListReads(world.Gateway(), TimeProvider.System);

        var failed = await reads.ReadChangesAsync([7, 8], 1, Cancellation);

        Assert.Equal((AniListFailure.Rejected, 10_000), (failed.Failure, reads.UsersAtOnce));
    }
}
