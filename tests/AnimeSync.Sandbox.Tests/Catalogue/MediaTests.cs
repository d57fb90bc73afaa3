using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

public sealed class MediaTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task The_built_in_catalogue_has_sixty_anime_and_ten_manga()
    {
        Assert.True(await CountAsync("ANIME") >= 60);
        Assert.True(await CountAsync("MANGA") >= 10);
    }

    [Fact]
    public async Task A_title_can_be_found_by_id_by_MyAnimeList_id_and_by_name()
    {
        var data = await sandbox.DataAsync(
            "{ a: Media(id: 20464) { id } b: Media(idMal: 20583, type: ANIME) { id } c: Media(search: \"haikyu\") { id } }"
        );

        Assert.All(["a", "b", "c"], alias => Assert.Equal(20464, data.GetProperty(alias).GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task Covers_are_drawn_by_the_sandbox_itself()
    {
        var data = await sandbox.DataAsync("{ Media(id: 1) { coverImage { large } } }");
        var address = data.GetProperty("Media").GetProperty("coverImage").GetProperty("large").GetString()!;
        using var cover = await sandbox.Http.GetAsync(address);

        Assert.Equal(sandbox.Http.BaseAddress + "covers/1.svg", address);
        Assert.Equal("image/svg+xml", cover.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Cowboy Bebop", await cover.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Filters_combine()
    {
        var found = await MediaAsync(
            "type: ANIME, season: SPRING, startDate_greater: 20090000, startDate_lesser: 20100000, episodes_greater: 13, format_in: [TV, OVA]"
        );

        Assert.Equal([5114], Ids(found));
    }

    [Theory]
    [InlineData("genre_in: [\"Music\", \"Romance\"]", new[] { 20665 })]
    [InlineData("id_in: [6, 1, 424242]", new[] { 1, 6 })]
    [InlineData("startDate_like: \"1998%\", genre_not_in: [\"Comedy\"], type: ANIME", new[] { 1, 339 })]
    [InlineData("idMal_in: [21, 22319], type: ANIME, status_not: RELEASING", new[] { 20605 })]
    [InlineData("type: MANGA, status: HIATUS", new[] { 30656 })]
    [InlineData("id_in: [1, 6, 19], sort: [SCORE_DESC]", new[] { 19, 1, 6 })]
    [InlineData("id_in: [1, 6, 19], id_not_in: [6], sort: [START_DATE_DESC, ID]", new[] { 19, 1 })]
    public async Task Arguments_mean_what_AniLists_mean(string arguments, int[] expected)
    {
        Assert.Equal(expected, Ids(await MediaAsync(arguments)));
    }

    [Fact]
    public async Task Page_info_is_right_wherever_it_stands_and_fifty_is_the_most()
    {
        var data = await sandbox.DataAsync(
            "{ Page(page: 2, perPage: 500) { pageInfo { currentPage perPage hasNextPage total } media(type: ANIME) { id } } }"
        );
        var info = data.GetProperty("Page").GetProperty("pageInfo");
        var total = await CountAsync("ANIME");

        Assert.Equal(50, info.GetProperty("perPage").GetInt32());
        Assert.Equal(2, info.GetProperty("currentPage").GetInt32());
        Assert.Equal(total, info.GetProperty("total").GetInt32());
        Assert.False(info.GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(total - 50, data.GetProperty("Page").GetProperty("media").GetArrayLength());
    }

    [Fact]
    public async Task An_airing_title_has_a_next_episode_within_a_week()
    {
        var data = await sandbox.DataAsync(
            "{ Media(id: 21) { nextAiringEpisode { episode timeUntilAiring mediaId media { id } } } }"
        );
        var next = data.GetProperty("Media").GetProperty("nextAiringEpisode");

        Assert.InRange(next.GetProperty("timeUntilAiring").GetInt32(), 0, 7 * 24 * 3600);
        Assert.True(next.GetProperty("episode").GetInt32() > 1000);
    }

    [Fact]
    public async Task The_preferred_title_follows_the_viewer()
    {
        const string Query = "{ Media(id: 16498) { title { userPreferred } } }";
        var anonymous = await sandbox.DataAsync(Query);
        var mika = await sandbox.DataAsync(Query, token: await sandbox.TokenOfAsync("mika"));

        Assert.Equal(
            "Shingeki no Kyojin",
            anonymous.GetProperty("Media").GetProperty("title").GetProperty("userPreferred").GetString()
        );
        Assert.Equal(
            "Attack on Titan",
            mika.GetProperty("Media").GetProperty("title").GetProperty("userPreferred").GetString()
        );
    }

    [Fact]
    public async Task Everything_a_title_has_can_be_selected_at_once()
    {
        var data = await sandbox.DataAsync(
            """
            { Media(id: 5114) {
              id idMal title { romaji english native } type format status(version: 2) description(asHtml: false) startDate { year month day } endDate { year }
              season seasonYear episodes duration chapters volumes countryOfOrigin isLicensed source(version: 3) hashtag trailer { id site thumbnail } updatedAt
              coverImage { extraLarge color } bannerImage genres synonyms averageScore meanScore popularity isLocked trending favourites tags { id name }
              relations { edges { relationType(version: 2) node { id } } nodes { id } } characters(sort: [ROLE], perPage: 5) { edges { role node { id } } nodes { id } }
              staff { edges { role } nodes { id } } studios(isMain: true) { edges { isMain } nodes { id name isAnimationStudio } } isFavourite isFavouriteBlocked isAdult
              nextAiringEpisode { id } airingSchedule { nodes { id } } externalLinks { id url site } streamingEpisodes { title } rankings { id rank type }
              mediaListEntry { id } recommendations { nodes { id mediaRecommendation { id } } } stats { scoreDistribution { score amount } statusDistribution { status } } siteUrl
            } }
            """
        );
        var media = data.GetProperty("Media");

        Assert.Equal("bones", media.GetProperty("studios").GetProperty("nodes")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, media.GetProperty("nextAiringEpisode").ValueKind);
        Assert.Equal(3, media.GetProperty("characters").GetProperty("nodes").GetArrayLength());
    }

    private async Task<int> CountAsync(string type) =>
        (await sandbox.DataAsync($"{{ Page(perPage: 1) {{ media(type: {type}) {{ id }} pageInfo {{ total }} }} }}"))
            .GetProperty("Page")
            .GetProperty("pageInfo")
            .GetProperty("total")
            .GetInt32();

    private async Task<JsonElement> MediaAsync(string arguments) =>
        (await sandbox.DataAsync($"{{ Page(page: 1, perPage: 50) {{ media({arguments}) {{ id }} }} }}"))
            .GetProperty("Page")
            .GetProperty("media");

    private static IEnumerable<int> Ids(JsonElement media) =>
        media.EnumerateArray().Select(found => found.GetProperty("id").GetInt32());
}
