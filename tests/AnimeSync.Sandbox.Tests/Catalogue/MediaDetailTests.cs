using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

public sealed class MediaDetailTests(RealTitlesFixture sandbox) : IClassFixture<RealTitlesFixture>
{
    [Theory]
    [InlineData("status", "RELEASING", "RELEASING")]
    [InlineData("status(version: 2)", "HIATUS", "HIATUS")]
    public async Task A_status_of_the_newer_enum_needs_its_version(string field, string vagabond, string hunter)
    {
        var data = await sandbox.DataAsync(
            $"{{ a: Media(id: 30656) {{ {field} }} b: Media(id: 30026) {{ {field} }} }}"
        );

        Assert.Equal(vagabond, data.GetProperty("a").GetProperty("status").GetString());
        Assert.Equal(hunter, data.GetProperty("b").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("source", "OTHER", "OTHER")]
    [InlineData("source(version: 2)", "NOVEL", "OTHER")]
    [InlineData("source(version: 3)", "NOVEL", "WEB_NOVEL")]
    public async Task A_source_is_told_as_exactly_as_the_version_allows(string field, string novel, string webNovel)
    {
        var data = await sandbox.DataAsync($"{{ a: Media(id: 431) {{ {field} }} b: Media(id: 21087) {{ {field} }} }}");

        Assert.Equal(novel, data.GetProperty("a").GetProperty("source").GetString());
        Assert.Equal(webNovel, data.GetProperty("b").GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("relationType", "ADAPTATION")]
    [InlineData("relationType(version: 2)", "SOURCE")]
    [InlineData("relationType(version: 3)", "SOURCE")]
    public async Task What_a_title_was_made_from_is_an_adaptation_to_those_who_do_not_know_better(
        string field,
        string type
    )
    {
        var data = await sandbox.DataAsync(
            $"{{ Media(id: 19) {{ relations {{ edges {{ id {field} node {{ id type }} }} nodes {{ id }} }} }} }}"
        );
        var edge = data.GetProperty("Media").GetProperty("relations").GetProperty("edges")[0];

        Assert.Equal(type, edge.GetProperty("relationType").GetString());
        Assert.Equal("MANGA", edge.GetProperty("node").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Studios_are_told_apart_by_who_made_it_and_sorted_by_name()
    {
        const string Query = """
            { Media(id: 142838) {
              all: studios(sort: NAME_DESC) { edges { isMain node { name } } pageInfo { total hasNextPage } }
              main: studios(isMain: true) { nodes { name } } others: studios(isMain: false) { nodes { name } }
            } }
            """;
        var media = (await sandbox.DataAsync(Query)).GetProperty("Media");

        Assert.Equal(
            ["WIT STUDIO", "CloverWorks"],
            media
                .GetProperty("all")
                .GetProperty("edges")
                .EnumerateArray()
                .Select(edge => Name(edge.GetProperty("node")))
        );
        Assert.Equal(2, media.GetProperty("all").GetProperty("pageInfo").GetProperty("total").GetInt32());
        Assert.Equal("WIT STUDIO", Name(media.GetProperty("main").GetProperty("nodes").EnumerateArray().Single()));
        Assert.Equal("CloverWorks", Name(media.GetProperty("others").GetProperty("nodes").EnumerateArray().Single()));
    }

    [Fact]
    public async Task Links_episodes_and_trailers_are_there_to_be_shown()
    {
        var data = await sandbox.DataAsync(
            """
            { Media(id: 16498) {
              externalLinks { id url site siteId type language color icon isDisabled } streamingEpisodes { title thumbnail url site }
              trailer { id site thumbnail } hashtag synonyms siteUrl isLicensed
            } }
            """
        );
        var media = data.GetProperty("Media");
        var episodes = media.GetProperty("streamingEpisodes").EnumerateArray().ToList();
        using var thumbnail = await sandbox.Http.GetAsync(episodes[0].GetProperty("thumbnail").GetString());
        using var icon = await sandbox.Http.GetAsync(
            media.GetProperty("externalLinks")[0].GetProperty("icon").GetString()
        );

        Assert.True(icon.IsSuccessStatusCode);
        Assert.Equal(25, episodes.Count);
        Assert.StartsWith("Episode 1 - ", episodes[0].GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.True(thumbnail.IsSuccessStatusCode);
        Assert.Equal("youtube", media.GetProperty("trailer").GetProperty("site").GetString());
        Assert.Equal(11, media.GetProperty("trailer").GetProperty("id").GetString()!.Length);
        Assert.Equal("#進撃の巨人", media.GetProperty("hashtag").GetString());
        Assert.Contains("AoT", media.GetProperty("synonyms").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_titles_places_are_its_real_ones_in_the_catalogue()
    {
        var data = await sandbox.DataAsync(
            """
            { Media(id: 16498) { rankings { id rank type format year season allTime context } }
              all: Page(perPage: 1) { media(type: ANIME, sort: POPULARITY_DESC) { id } }
              above: Page { pageInfo { total } media(type: ANIME, averageScore_greater: 85, season: SPRING, seasonYear: 2013) { id } } }
            """
        );
        var ranks = data.GetProperty("Media").GetProperty("rankings").EnumerateArray().ToList();
        JsonElement Rank(string context) => ranks.Single(rank => rank.GetProperty("context").GetString() == context);

        Assert.Equal(16498, data.GetProperty("all").GetProperty("media")[0].GetProperty("id").GetInt32());
        Assert.Equal(1, Rank("most popular all time").GetProperty("rank").GetInt32());
        Assert.True(Rank("most popular all time").GetProperty("allTime").GetBoolean());
        Assert.Equal(0, data.GetProperty("above").GetProperty("pageInfo").GetProperty("total").GetInt32());
        Assert.Equal(1, Rank("highest rated spring 2013").GetProperty("rank").GetInt32());
        Assert.Equal("SPRING", Rank("highest rated spring 2013").GetProperty("season").GetString());
        Assert.Equal(ranks.Count, ranks.Select(rank => rank.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public async Task Scores_and_statuses_of_a_title_add_up_to_no_more_people_than_know_it()
    {
        var data = await sandbox.DataAsync(
            "{ Media(id: 16498) { popularity meanScore stats { scoreDistribution { score amount } statusDistribution { status amount } } } }"
        );
        var media = data.GetProperty("Media");
        var popularity = media.GetProperty("popularity").GetInt32();
        var scores = media.GetProperty("stats").GetProperty("scoreDistribution").EnumerateArray().ToList();
        var statuses = media.GetProperty("stats").GetProperty("statusDistribution").EnumerateArray().ToList();
        var mean =
            scores.Sum(score => score.GetProperty("score").GetInt32() * (double)Amount(score)) / scores.Sum(Amount);

        Assert.Equal(
            [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
            scores.Select(score => score.GetProperty("score").GetInt32())
        );
        Assert.InRange(scores.Sum(Amount), 1, popularity);
        Assert.InRange(statuses.Sum(Amount), popularity * 9 / 10, popularity);
        Assert.InRange(
            mean,
            media.GetProperty("meanScore").GetInt32() - 10,
            media.GetProperty("meanScore").GetInt32() + 10
        );
    }

    [Fact]
    public async Task Descriptions_are_paragraphs_when_asked_for_as_html()
    {
        var data = await sandbox.DataAsync("{ Media(id: 1) { plain: description html: description(asHtml: true) } }");
        var media = data.GetProperty("Media");

        Assert.Contains("<br><br>", media.GetProperty("plain").GetString());
        Assert.StartsWith("<p>", media.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<br>", media.GetProperty("html").GetString());
    }

    private static string? Name(JsonElement studio) => studio.GetProperty("name").GetString();

    private static int Amount(JsonElement part) => part.GetProperty("amount").GetInt32();
}
