using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Accounts;

public sealed class FavouriteTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task A_studio_is_marked_and_knows_it()
    {
        var token = await sandbox.TokenOfAsync("empty");
        const string Studio = "{ Media(id: 1) { studios { nodes { id isFavourite } } } }";
        var id = StudioOf(await sandbox.DataAsync(Studio)).GetProperty("id").GetInt32();
        var data = await sandbox.DataAsync(
            "mutation ($id: Int) { ToggleFavourite(studioId: $id) { studios { nodes { id } edges { favouriteOrder } } anime { nodes { id } } } }",
            new { id },
            token
        );

        Assert.Equal(
            $$$"""{"studios":{"nodes":[{"id":{{{id}}}}],"edges":[{"favouriteOrder":1}]},"anime":{"nodes":[]}}""",
            data.GetProperty("ToggleFavourite").GetRawText()
        );
        Assert.True(StudioOf(await sandbox.DataAsync(Studio, token: token)).GetProperty("isFavourite").GetBoolean());
        Assert.False(StudioOf(await sandbox.DataAsync(Studio)).GetProperty("isFavourite").GetBoolean());
    }

    [Fact]
    public async Task Favourites_stand_in_the_order_they_are_given()
    {
        var token = await sandbox.TokenOfAsync("solo");
        foreach (var id in (int[])[1, 6, 30])
        {
            await sandbox.DataAsync(
                "mutation ($id: Int) { ToggleFavourite(animeId: $id) { anime { nodes { id } } } }",
                new { id },
                token
            );
        }

        const string Reorder =
            "mutation { UpdateFavouriteOrder(animeIds: [1, 30, 5], animeOrder: [2, 1, 0]) { anime { nodes { id } } } }";
        var reordered = await sandbox.DataAsync(Reorder, token: token);
        var read = await sandbox.DataAsync("{ User(name: \"solo\") { favourites { anime { nodes { id } } } } }");

        Assert.Equal([30, 1, 6], Ids(reordered.GetProperty("UpdateFavouriteOrder")));
        Assert.Equal([30, 1, 6], Ids(read.GetProperty("User").GetProperty("favourites")));
    }

    [Fact]
    public async Task Favourites_are_paged_by_their_own_arguments_or_the_old_one()
    {
        var data = await sandbox.DataAsync(
            """
            { User(name: "mika") {
              favourites { anime(page: 2, perPage: 2) { nodes { id } pageInfo { currentPage perPage hasNextPage } } }
              old: favourites(page: 2) { anime(perPage: 1) { nodes { id } } }
            } }
            """
        );
        var user = data.GetProperty("User");

        Assert.Equal([30], Ids(user.GetProperty("favourites")));
        Assert.Equal(
            """{"currentPage":2,"perPage":2,"hasNextPage":false}""",
            user.GetProperty("favourites").GetProperty("anime").GetProperty("pageInfo").GetRawText()
        );
        Assert.Equal([1], Ids(user.GetProperty("old")));
    }

    [Theory]
    [InlineData("animeId: 30002", "animeId")]
    [InlineData("mangaId: 1", "mangaId")]
    [InlineData("characterId: 999999999", "characterId")]
    [InlineData("staffId: 999999999", "staffId")]
    [InlineData("studioId: 999999999", "studioId")]
    public async Task What_is_not_there_or_of_another_kind_cannot_be_marked(string argument, string member)
    {
        var (status, body) = await sandbox.RefusalAsync(
            $"mutation {{ ToggleFavourite({argument}) {{ anime {{ nodes {{ id }} }} }} }}",
            token: await sandbox.TokenOfAsync("empty")
        );
        var error = JsonDocument.Parse(body).RootElement.GetProperty("errors")[0];

        Assert.Equal(400, status);
        Assert.Equal(member, Assert.Single(error.GetProperty("validation").EnumerateObject()).Name);
    }

    private static JsonElement StudioOf(JsonElement data) =>
        data.GetProperty("Media").GetProperty("studios").GetProperty("nodes")[0];

    private static IEnumerable<int> Ids(JsonElement favourites) =>
        favourites
            .GetProperty("anime")
            .GetProperty("nodes")
            .EnumerateArray()
            .Select(node => node.GetProperty("id").GetInt32());
}

[Trait("Needs", "anilist-facts")]
public sealed class RecordedFavouriteTests(RecordedSandboxFixture sandbox) : IClassFixture<RecordedSandboxFixture>
{
    [Theory]
    [InlineData("characters", "characterId")]
    [InlineData("staff", "staffId")]
    public async Task Characters_and_staff_are_marked_like_titles(string kind, string argument)
    {
        var token = await sandbox.TokenOfAsync("empty");
        var id = await CreditedAsync(kind);
        var toggle = $"mutation {{ ToggleFavourite({argument}: {id}) {{ {kind} {{ nodes {{ id isFavourite }} }} }} }}";
        var on = await sandbox.DataAsync(toggle, token: token);
        var off = await sandbox.DataAsync(toggle, token: token);

        Assert.Equal(
            $$$"""{"{{{kind}}}":{"nodes":[{"id":{{{id}}},"isFavourite":true}]}}""",
            on.GetProperty("ToggleFavourite").GetRawText()
        );
        Assert.Equal($$$"""{"{{{kind}}}":{"nodes":[]}}""", off.GetProperty("ToggleFavourite").GetRawText());
    }

    private async Task<int> CreditedAsync(string kind)
    {
        for (var page = 1; ; page++)
        {
            var data = await sandbox.DataAsync(
                $"{{ Page(page: {page}) {{ media {{ {kind} {{ nodes {{ id }} }} }} pageInfo {{ hasNextPage }} }} }}"
            );
            var nodes = data.GetProperty("Page")
                .GetProperty("media")
                .EnumerateArray()
                .SelectMany(media => media.GetProperty(kind).GetProperty("nodes").EnumerateArray())
                .ToList();
            if (nodes.Count > 0)
            {
                return nodes[0].GetProperty("id").GetInt32();
            }

            Assert.True(data.GetProperty("Page").GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), kind);
        }
    }
}
