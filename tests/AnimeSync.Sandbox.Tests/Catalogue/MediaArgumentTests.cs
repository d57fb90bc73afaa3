using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

/// <summary>Every media argument divides the catalogue as it says, at both fields that take it.</summary>
public sealed class MediaArgumentTests(RealTitlesFixture sandbox) : IClassFixture<RealTitlesFixture>
{
    private const string Fields =
        "id idMal type format status(version: 2) season seasonYear episodes duration chapters volumes isAdult averageScore popularity source(version: 3) countryOfOrigin isLicensed genres startDate { year month day } endDate { year month day } tags { name category rank } externalLinks { site siteId }";

    private static readonly Dictionary<string, Func<JsonElement, bool>> Claims = new()
    {
        ["id_not: 1"] = media => Number(media, "id") != 1,
        ["idMal: 30276"] = media => Number(media, "idMal") == 30276,
        ["idMal_not: 21, type: ANIME"] = media => Number(media, "idMal") != 21,
        ["idMal_not_in: [1, 21]"] = media => Number(media, "idMal") is not (1 or 21),
        ["startDate: 20130407"] = media => Date(media, "startDate") == 20130407,
        ["startDate_greater: 20240000"] = media => Date(media, "startDate") > 20240000,
        ["startDate_lesser: 19900101"] = media => Date(media, "startDate") < 19900101,
        ["startDate_like: \"1999%\""] = media => Date(media, "startDate") / 10000 == 1999,
        ["endDate: 20130929"] = media => Date(media, "endDate") == 20130929,
        ["endDate_greater: 20250101"] = media => Date(media, "endDate") > 20250101,
        ["endDate_lesser: 19900101"] = media => Date(media, "endDate") < 19900101,
        ["endDate_like: \"2001%\""] = media => Date(media, "endDate") / 10000 == 2001,
        ["season: WINTER"] = media => Text(media, "season") == "WINTER",
        ["seasonYear: 2019"] = media => Number(media, "seasonYear") == 2019,
        ["type: MANGA"] = media => Text(media, "type") == "MANGA",
        ["format: NOVEL"] = media => Text(media, "format") == "NOVEL",
        ["format_in: [OVA, ONA]"] = media => Text(media, "format") is "OVA" or "ONA",
        ["format_not: TV"] = media => Text(media, "format") != "TV",
        ["format_not_in: [TV, MANGA]"] = media => Text(media, "format") is not ("TV" or "MANGA"),
        ["status: RELEASING"] = media => Text(media, "status") == "RELEASING",
        ["status_in: [RELEASING, HIATUS]"] = media => Text(media, "status") is "RELEASING" or "HIATUS",
        ["status_not: FINISHED"] = media => Text(media, "status") != "FINISHED",
        ["status_not_in: [FINISHED, RELEASING]"] = media => Text(media, "status") is not ("FINISHED" or "RELEASING"),
        ["episodes: 26"] = media => Number(media, "episodes") == 26,
        ["episodes_greater: 100"] = media => Number(media, "episodes") > 100,
        ["episodes_lesser: 2"] = media => Number(media, "episodes") < 2,
        ["duration: 25"] = media => Number(media, "duration") == 25,
        ["duration_greater: 120"] = media => Number(media, "duration") > 120,
        ["duration_lesser: 23"] = media => Number(media, "duration") < 23,
        ["chapters: 162"] = media => Number(media, "chapters") == 162,
        ["chapters_greater: 500"] = media => Number(media, "chapters") > 500,
        ["chapters_lesser: 50"] = media => Number(media, "chapters") < 50,
        ["volumes: 20"] = media => Number(media, "volumes") == 20,
        ["volumes_greater: 60"] = media => Number(media, "volumes") > 60,
        ["volumes_lesser: 5"] = media => Number(media, "volumes") < 5,
        ["genre: \"Mecha\""] = media => Names(media, "genres").Contains("Mecha"),
        ["genre_in: [\"Drama\", \"Sports\"]"] = media =>
            Names(media, "genres").Contains("Drama") && Names(media, "genres").Contains("Sports"),
        ["genre_not_in: [\"Action\", \"Drama\"]"] = media =>
            !Names(media, "genres").Intersect(["Action", "Drama"]).Any(),
        ["tag: \"Isekai\""] = media => Tags(media, "name", 18).Contains("Isekai"),
        ["tag_in: [\"Isekai\", \"Magic\"]"] = media =>
            Tags(media, "name", 18).Contains("Isekai") && Tags(media, "name", 18).Contains("Magic"),
        ["tag_not_in: [\"School\", \"Super Power\"]"] = media =>
            !Tags(media, "name", 18).Intersect(["School", "Super Power"]).Any(),
        ["tag: \"Military\", minimumTagRank: 85"] = media => Tags(media, "name", 85).Contains("Military"),
        ["tagCategory: \"Demographic\""] = media => Tags(media, "category", 18).Contains("Demographic"),
        ["tagCategory_in: [\"Demographic\", \"Technical\"]"] = media =>
            Tags(media, "category", 18).Intersect(["Demographic", "Technical"]).Any(),
        ["tagCategory_not_in: [\"Cast-Traits\", \"Setting-Scene\"]"] = media =>
            !Tags(media, "category", 18).Intersect(["Cast-Traits", "Setting-Scene"]).Any(),
        ["licensedBy: \"Netflix\""] = media => Links(media, "site").Contains("Netflix"),
        ["licensedBy_in: [\"Hulu\", \"HIDIVE\"]"] = media => Links(media, "site").Intersect(["Hulu", "HIDIVE"]).Any(),
        ["licensedById: 5"] = media => Links(media, "siteId").Contains("5"),
        ["licensedById_in: [7, 10]"] = media => Links(media, "siteId").Intersect(["7", "10"]).Any(),
        ["averageScore: 80"] = media => Number(media, "averageScore") == 80,
        ["averageScore_not: 80"] = media => Number(media, "averageScore") != 80,
        ["averageScore_greater: 88"] = media => Number(media, "averageScore") > 88,
        ["averageScore_lesser: 65"] = media => Number(media, "averageScore") < 65,
        ["popularity: 110000"] = media => Number(media, "popularity") == 110000,
        ["popularity_not: 110000"] = media => Number(media, "popularity") != 110000,
        ["popularity_greater: 500000"] = media => Number(media, "popularity") > 500000,
        ["popularity_lesser: 20000"] = media => Number(media, "popularity") < 20000,
        ["source: WEB_NOVEL"] = media => Text(media, "source") == "WEB_NOVEL",
        ["source_in: [VISUAL_NOVEL, VIDEO_GAME]"] = media => Text(media, "source") is "VISUAL_NOVEL" or "VIDEO_GAME",
        ["countryOfOrigin: \"KR\""] = media => Text(media, "countryOfOrigin") == "KR",
        ["countryOfOrigin_in: [\"KR\", \"CN\"]"] = media => Text(media, "countryOfOrigin") is "KR" or "CN",
        ["countryOfOrigin_not_in: [\"JP\"]"] = media => Text(media, "countryOfOrigin") != "JP",
    };

    public static TheoryData<string> Arguments => [.. Claims.Keys];

    [Theory]
    [MemberData(nameof(Arguments))]
    public async Task An_argument_keeps_exactly_the_titles_it_describes(string arguments)
    {
        var claim = Claims[arguments];
        // A filter that says "type: ANIME" beside its own is compared within anime.
        var all = (
            await EverythingAsync(arguments.EndsWith(", type: ANIME", StringComparison.Ordinal) ? "type: ANIME" : "")
        );

        var expected = all.Where(claim).Select(media => Number(media, "id")).ToList();
        var found = (await EverythingAsync(arguments)).Select(media => Number(media, "id")).ToList();
        var first = (await sandbox.DataAsync($"{{ Media({arguments}) {{ id }} }}")).GetProperty("Media");

        Assert.NotEmpty(expected);
        Assert.True(expected.Count < all.Count, "The argument must leave something out.");
        Assert.Equal(expected, found);
        Assert.Equal(expected[0], Number(first, "id"));
    }

    [Fact]
    public async Task Adult_titles_are_left_out_or_asked_for()
    {
        await using var everything = new SandboxFixture();
        await everything.InitializeAsync();
        const string Query = "query($adult: Boolean) { Page { media(isAdult: $adult) { isAdult } } }";

        foreach (var adult in (bool[])[true, false])
        {
            var media = (await everything.DataAsync(Query, new { adult })).GetProperty("Page").GetProperty("media");
            Assert.Equal(50, media.GetArrayLength());
            Assert.All(media.EnumerateArray(), found => Assert.Equal(adult, found.GetProperty("isAdult").GetBoolean()));
        }
    }

    [Fact]
    public async Task Unlicensed_titles_have_no_links()
    {
        await using var everything = new SandboxFixture();
        await everything.InitializeAsync();
        var data = await everything.DataAsync(
            "{ Page { media(isLicensed: false) { isLicensed externalLinks { id } } } }"
        );

        Assert.All(
            data.GetProperty("Page").GetProperty("media").EnumerateArray(),
            media =>
            {
                Assert.False(media.GetProperty("isLicensed").GetBoolean());
                Assert.Equal(0, media.GetProperty("externalLinks").GetArrayLength());
            }
        );
    }

    [Fact]
    public async Task On_list_divides_the_catalogue_by_the_callers_list()
    {
        var rin = await sandbox.TokenOfAsync("rin");
        const string Query =
            "query($on: Boolean) { Page { media(onList: $on, type: ANIME) { mediaListEntry { id } } } }";

        foreach (var on in (bool[])[true, false])
        {
            var media = (await sandbox.DataAsync(Query, new { on }, rin)).GetProperty("Page").GetProperty("media");
            Assert.NotEmpty(media.EnumerateArray());
            Assert.All(
                media.EnumerateArray(),
                found => Assert.Equal(on, found.GetProperty("mediaListEntry").ValueKind == JsonValueKind.Object)
            );
        }
    }

    private async Task<List<JsonElement>> EverythingAsync(string arguments)
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var given = arguments.Length == 0 ? "" : $"({arguments})";
            var data = await sandbox.DataAsync(
                $"{{ Page(page: {page}) {{ pageInfo {{ hasNextPage }} media{given} {{ {Fields} }} }} }}"
            );
            var answer = data.GetProperty("Page");
            all.AddRange(answer.GetProperty("media").EnumerateArray());
            if (!answer.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
            {
                return all;
            }
        }
    }

    private static int? Number(JsonElement media, string member) =>
        media.GetProperty(member) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    private static string? Text(JsonElement media, string member) => media.GetProperty(member).GetString();

    private static int? Date(JsonElement media, string member)
    {
        var date = media.GetProperty(member);
        return Number(date, "year") is { } year
            ? (year * 10000) + ((Number(date, "month") ?? 0) * 100) + (Number(date, "day") ?? 0)
            : null;
    }

    private static IEnumerable<string?> Names(JsonElement media, string member) =>
        media.GetProperty(member).EnumerateArray().Select(name => name.GetString());

    private static IEnumerable<string?> Tags(JsonElement media, string member, int minimumRank) =>
        from tag in media.GetProperty("tags").EnumerateArray()
        where Number(tag, "rank") >= minimumRank
        select Text(tag, member);

    private static IEnumerable<string> Links(JsonElement media, string member) =>
        media.GetProperty("externalLinks").EnumerateArray().Select(link => link.GetProperty(member).ToString());
}
