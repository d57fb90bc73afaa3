using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

public sealed class CatalogueTests(RealTitlesFixture sandbox) : IClassFixture<RealTitlesFixture>
{
    [Theory]
    [InlineData("ANIME", 300)]
    [InlineData("MANGA", 50)]
    public async Task The_built_in_catalogue_is_large_and_whole(string type, int atLeast)
    {
        var titles = await AllAsync(
            type,
            "idMal format startDate { year } genres title { romaji english native } description tags { rank } averageScore popularity synonyms"
        );

        Assert.True(titles.Count >= atLeast);
        Assert.All(
            titles,
            media =>
            {
                Assert.True(media.GetProperty("idMal").GetInt32() > 0);
                Assert.True(media.GetProperty("startDate").GetProperty("year").GetInt32() > 1900);
                Assert.All(
                    media.GetProperty("title").EnumerateObject(),
                    title => Assert.NotEqual("", title.Value.GetString())
                );
                Assert.True(media.GetProperty("description").GetString()!.Length > 60);
                Assert.NotEmpty(media.GetProperty("genres").EnumerateArray());
                Assert.NotEmpty(media.GetProperty("tags").EnumerateArray());
            }
        );
    }

    [Fact]
    public async Task Every_anime_has_a_season_a_studio_and_a_length()
    {
        var titles = await AllAsync(
            "ANIME",
            "season seasonYear duration studios(isMain: true) { nodes { id name } } episodes status nextAiringEpisode { episode }"
        );

        Assert.All(
            titles,
            media =>
            {
                Assert.NotEqual(JsonValueKind.Null, media.GetProperty("season").ValueKind);
                Assert.NotEqual(JsonValueKind.Null, media.GetProperty("seasonYear").ValueKind);
                Assert.NotEqual(JsonValueKind.Null, media.GetProperty("duration").ValueKind);
                Assert.Equal(1, media.GetProperty("studios").GetProperty("nodes").GetArrayLength());
                Assert.Equal(
                    media.GetProperty("status").GetString() == "RELEASING",
                    media.GetProperty("nextAiringEpisode").ValueKind == JsonValueKind.Object
                );
            }
        );
    }

    [Fact]
    public async Task A_studio_has_one_id_and_an_id_one_studio()
    {
        var studios = (await AllAsync("ANIME", "studios { nodes { id name } }"))
            .SelectMany(media => media.GetProperty("studios").GetProperty("nodes").EnumerateArray())
            .Select(studio => (studio.GetProperty("id").GetInt32(), studio.GetProperty("name").GetString()))
            .Distinct()
            .ToList();

        Assert.True(studios.Count > 40);
        Assert.Equal(studios.Count, studios.Select(studio => studio.Item1).Distinct().Count());
        Assert.Equal(studios.Count, studios.Select(studio => studio.Item2).Distinct().Count());
    }

    [Fact]
    public async Task Relations_hold_from_both_ends()
    {
        var inverse = new Dictionary<string, string[]>
        {
            ["SEQUEL"] = ["PREQUEL"],
            ["PREQUEL"] = ["SEQUEL"],
            ["ADAPTATION"] = ["SOURCE"],
            ["SOURCE"] = ["ADAPTATION"],
            ["PARENT"] = ["SIDE_STORY", "SPIN_OFF", "SUMMARY"],
            ["SIDE_STORY"] = ["PARENT"],
            ["SPIN_OFF"] = ["PARENT"],
            ["SUMMARY"] = ["PARENT"],
            ["ALTERNATIVE"] = ["ALTERNATIVE"],
        };
        const string Fields = "id relations { edges { relationType(version: 2) node { id } } }";
        var edges = (
            from media in (List<JsonElement>)[.. await AllAsync("ANIME", Fields), .. await AllAsync("MANGA", Fields)]
            from edge in media.GetProperty("relations").GetProperty("edges").EnumerateArray()
            select (
                From: media.GetProperty("id").GetInt32(),
                Type: edge.GetProperty("relationType").GetString()!,
                To: edge.GetProperty("node").GetProperty("id").GetInt32()
            )
        ).ToHashSet();

        Assert.True(edges.Count > 500);
        Assert.All(
            edges,
            edge => Assert.Contains(inverse[edge.Type], type => edges.Contains((edge.To, type, edge.From)))
        );
    }

    [Fact]
    public async Task A_franchise_can_be_walked_from_its_manga_to_its_last_season()
    {
        const string Query =
            "query($id: Int) { Media(id: $id) { relations { edges { relationType(version: 2) node { id title { romaji } } } pageInfo { hasNextPage } } } }";
        async Task<int?> NextAsync(int id, string type) =>
            (await sandbox.DataAsync(Query, new { id }))
                .GetProperty("Media")
                .GetProperty("relations")
                .GetProperty("edges")
                .EnumerateArray()
                .Where(edge => edge.GetProperty("relationType").GetString() == type)
                .Select(edge => (int?)edge.GetProperty("node").GetProperty("id").GetInt32())
                .FirstOrDefault();

        var walked = new List<int> { 53390 };
        for (var next = await NextAsync(53390, "ADAPTATION"); next is { } id; next = await NextAsync(id, "SEQUEL"))
        {
            walked.Add(id);
        }

        Assert.Equal([53390, 16498, 20958, 99147, 104578, 110277, 131681, 146984], walked);
    }

    [Fact]
    public async Task Tags_and_genres_of_titles_are_in_their_collections()
    {
        var data = await sandbox.DataAsync(
            "{ GenreCollection MediaTagCollection { id name description category isGeneralSpoiler isAdult } }"
        );
        var genres = data.GetProperty("GenreCollection")
            .EnumerateArray()
            .Select(genre => genre.GetString())
            .ToHashSet();
        var tags = data.GetProperty("MediaTagCollection")
            .EnumerateArray()
            .ToDictionary(tag => tag.GetProperty("id").GetInt32(), tag => tag.GetProperty("name").GetString());
        var titles = await AllAsync("ANIME", "genres tags { id name rank }");

        Assert.All(
            titles.SelectMany(media => media.GetProperty("genres").EnumerateArray()),
            genre => Assert.Contains(genre.GetString(), genres)
        );
        Assert.All(
            titles.SelectMany(media => media.GetProperty("tags").EnumerateArray()),
            tag =>
            {
                Assert.Equal(tag.GetProperty("name").GetString(), tags[tag.GetProperty("id").GetInt32()]);
                Assert.InRange(tag.GetProperty("rank").GetInt32(), 1, 100);
            }
        );
    }

    private async Task<List<JsonElement>> AllAsync(string type, string fields)
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var answer = (
                await sandbox.DataAsync(
                    $"{{ Page(page: {page}) {{ pageInfo {{ hasNextPage }} media(type: {type}) {{ {fields} }} }} }}"
                )
            ).GetProperty("Page");
            all.AddRange(answer.GetProperty("media").EnumerateArray());
            if (!answer.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
            {
                return all;
            }
        }
    }
}
