using System.Net;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

public sealed class MediaTests(RealTitlesFixture sandbox) : IClassFixture<RealTitlesFixture>
{
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
    public async Task Banners_are_drawn_too_and_a_title_that_does_not_exist_has_no_picture()
    {
        var data = await sandbox.DataAsync("{ Media(id: 16498) { bannerImage } }");
        using var banner = await sandbox.Http.GetAsync(
            data.GetProperty("Media").GetProperty("bannerImage").GetString()
        );
        using var missing = await sandbox.Http.GetAsync("/covers/424242.svg");

        Assert.Contains("Shingeki no Kyojin", await banner.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Filters_combine()
    {
        var found = await MediaAsync(
            "type: ANIME, season: SPRING, startDate_greater: 20090000, startDate_lesser: 20100000, episodes_greater: 13, format_in: [TV, OVA]"
        );

        Assert.Equal([5114, 6033], Ids(found));
    }

    [Theory]
    [InlineData("genre_in: [\"Music\", \"Romance\"]", new[] { 877, 1698, 20665 })]
    [InlineData("id_in: [6, 1, 424242]", new[] { 1, 6 })]
    [InlineData("startDate_like: \"1998%\", genre_not_in: [\"Comedy\"], type: ANIME", new[] { 1, 185, 339, 437 })]
    [InlineData("idMal_in: [21, 22319], type: ANIME, status_not: RELEASING", new[] { 20605 })]
    [InlineData("type: MANGA, status: HIATUS", new[] { 30026, 30028, 30656 })]
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
            "{ Page(page: 2, perPage: 500) { pageInfo { currentPage perPage hasNextPage total lastPage } media(type: ANIME) { id } } }"
        );
        var info = data.GetProperty("Page").GetProperty("pageInfo");

        Assert.Equal(50, info.GetProperty("perPage").GetInt32());
        Assert.Equal(2, info.GetProperty("currentPage").GetInt32());
        Assert.Equal(391, info.GetProperty("total").GetInt32());
        Assert.Equal(8, info.GetProperty("lastPage").GetInt32());
        Assert.True(info.GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(50, data.GetProperty("Page").GetProperty("media").GetArrayLength());
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

    private async Task<JsonElement> MediaAsync(string arguments) =>
        (await sandbox.DataAsync($"{{ Page(page: 1, perPage: 50) {{ media({arguments}) {{ id }} }} }}"))
            .GetProperty("Page")
            .GetProperty("media");

    private static IEnumerable<int> Ids(JsonElement media) =>
        media.EnumerateArray().Select(found => found.GetProperty("id").GetInt32());
}
