using System.Text;
using System.Text.Json;
using AnimeSync.AniList;
using AnimeSync.Api.Anime;

namespace AnimeSync.Api.Tests.Anime;

public sealed class AnimeAnswerTests
{
    [Theory]
    [InlineData("\"idMal\":\"1\"", "idMal", null)]
    [InlineData("\"idMal\":1e308", "idMal", null)]
    [InlineData("\"title\":null", "title", """{"romaji":null,"english":null,"native":null}""")]
    [InlineData("\"title\":\"x\"", "title", """{"romaji":null,"english":null,"native":null}""")]
    [InlineData("\"title\":{\"romaji\":7}", "title", """{"romaji":null,"english":null,"native":null}""")]
    [InlineData(
        "\"title\":{\"native\":\"カウボーイ\"}",
        "title",
        """{"romaji":null,"english":null,"native":"カウボーイ"}"""
    )]
    [InlineData("\"format\":\"HOLOGRAM\"", "format", "\"HOLOGRAM\"")]
    [InlineData("\"status\":3", "status", null)]
    [InlineData("\"description\":\"\\ud800\"", "description", null)]
    [InlineData("\"description\":\"<script>\"", "description", "\"\\u003Cscript\\u003E\"")]
    [InlineData("\"episodes\":-1", "episodes", null)]
    [InlineData("\"episodes\":12.5", "episodes", null)]
    [InlineData("\"episodes\":2147483648", "episodes", null)]
    [InlineData("\"episodes\":26", "episodes", "26")]
    [InlineData("\"averageScore\":null", "averageScore", null)]
    [InlineData("\"isAdult\":\"true\"", "isAdult", null)]
    [InlineData("\"isAdult\":true", "isAdult", "true")]
    [InlineData("\"genres\":null", "genres", "[]")]
    [InlineData("\"genres\":{}", "genres", "[]")]
    [InlineData("\"genres\":[\"Action\",null,7,[]]", "genres", "[\"Action\"]")]
    [InlineData("\"studios\":{\"nodes\":[null,{},{\"name\":\"Sunrise\"}]}", "studios", "[\"Sunrise\"]")]
    [InlineData("\"studios\":[]", "studios", "[]")]
    [InlineData("\"startDate\":{\"year\":1998,\"month\":4,\"day\":3}", "startDate", "\"1998-04-03\"")]
    [InlineData("\"startDate\":{\"year\":1998,\"month\":4,\"day\":31}", "startDate", "\"1998-04\"")]
    [InlineData("\"startDate\":{\"year\":1998,\"month\":null,\"day\":3}", "startDate", "\"1998\"")]
    [InlineData("\"startDate\":{\"year\":1998,\"month\":13,\"day\":3}", "startDate", "\"1998\"")]
    [InlineData("\"startDate\":{\"year\":0,\"month\":4,\"day\":3}", "startDate", null)]
    [InlineData("\"startDate\":{\"year\":10000}", "startDate", null)]
    [InlineData("\"startDate\":\"1998\"", "startDate", null)]
    [InlineData("\"nextAiringEpisode\":{\"episode\":1}", "nextAiringEpisode", null)]
    [InlineData("\"nextAiringEpisode\":{\"episode\":1,\"airingAt\":99999999999999}", "nextAiringEpisode", null)]
    [InlineData(
        "\"nextAiringEpisode\":{\"episode\":1,\"airingAt\":1800000000}",
        "nextAiringEpisode",
        """{"episode":1,"airingAt":"2027-01-15T08:00:00+00:00"}"""
    )]
    [InlineData("\"updatedAt\":-5", "updatedAt", null)]
    [InlineData("\"updatedAt\":1800000000", "updatedAt", "\"2027-01-15T08:00:00+00:00\"")]
    [InlineData("\"coverImage\":{\"extraLarge\":\"javascript:alert(1)\"}", "coverImage", null)]
    [InlineData("\"coverImage\":{\"extraLarge\":\"http://x.test/a.png\"}", "coverImage", null)]
    [InlineData("\"coverImage\":{\"extraLarge\":\"//x.test/a.png\"}", "coverImage", null)]
    [InlineData("\"coverImage\":{\"extraLarge\":\"https://x.test/a.png\"}", "coverImage", "\"https://x.test/a.png\"")]
    [InlineData("\"coverImage\":\"https://x.test/a.png\"", "coverImage", null)]
    [InlineData("\"bannerImage\":\"data:text/html,x\"", "bannerImage", null)]
    [InlineData("\"siteUrl\":\" JaVaScRiPt:alert(1)\"", "siteUrl", null)]
    [InlineData("\"siteUrl\":\"https://anilist.co/anime/1\"", "siteUrl", "\"https://anilist.co/anime/1\"")]
    public void A_field_that_makes_no_sense_is_null_and_takes_no_other_along(
        string given,
        string field,
        string? expected
    )
    {
        var answer = Read("{\"data\":{\"Media\":{\"id\":1,\"type\":\"ANIME\",\"popularity\":5," + given + "}}}");

        using var json = JsonDocument.Parse(answer.Json!);
        Assert.Equal(1, answer.Id);
        Assert.Equal(expected ?? "null", json.RootElement.GetProperty(field).GetRawText());
        Assert.Equal(5, json.RootElement.GetProperty("popularity").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"data\":7}")]
    [InlineData("{\"data\":{\"Media\":{\"type\":\"ANIME\"}}}")]
    [InlineData("{\"data\":{\"Media\":{\"id\":0,\"type\":\"ANIME\"}}}")]
    [InlineData("{\"data\":{\"Media\":{\"id\":1,\"type\":null}}}")]
    [InlineData("{\"data\":{\"Media\":{\"\\ud800\":1,\"id\":1,\"type\":\"anime\"}}}")]
    public void Without_an_id_and_a_type_there_is_no_title(string body) =>
        Assert.Equal((null, null), (Read(body).Id, Read(body).Json));

    [Fact]
    public void Nesting_without_end_is_nonsense() => Assert.Null(Read(new('[', 100_000)).Id);

    [Fact]
    public void A_manga_is_known_as_something_else()
    {
        var answer = Read("""{"data":{"Media":{"id":30013,"type":"MANGA"}}}""");

        Assert.Equal((30013, null), (answer.Id, answer.Json));
    }

    [Theory]
    [InlineData(2024, 2, 29, "2024-02-29")]
    [InlineData(2023, 2, 29, "2023-02")]
    [InlineData(987, 1, null, "0987-01")]
    [InlineData(null, 1, 1, null)]
    public void A_date_is_as_much_as_is_known(int? year, int? month, int? day, string? expected) =>
        Assert.Equal(expected, FuzzyDate.Of(year, month, day)?.ToString());

    [Fact]
    public void Every_question_can_be_folded_and_is_the_same_for_everybody()
    {
        var questions = new AnimeQuestions();
        var one = questions.For(1, Guid.NewGuid());
        var same = questions.For(1, Guid.NewGuid());
        var other = questions.For(2, Guid.NewGuid());

        Assert.True(one.Operation.IsPublic);
        Assert.Equal(one.Operation.Key, same.Operation.Key);
        Assert.NotEqual(one.Operation.Key, other.Operation.Key);
        var (first, second) = (Assert.Single(one.Fold()!.Fields), Assert.Single(other.Fold()!.Fields));
        Assert.Equal((1, 2), (first.MediaId, second.MediaId));
        Assert.Equal(first.Selection, second.Selection);
        using var body = JsonDocument.Parse(one.Body);
        Assert.Equal(Documents.Anime, body.RootElement.GetProperty("query").GetString());
    }

    private static AnimeAnswer Read(string body) => AnimeAnswer.Read(Encoding.UTF8.GetBytes(body));
}
