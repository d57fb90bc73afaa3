using System.Text.Json;

namespace AnimeSync.AniList.Tests.Models;

public sealed class FuzzyDateTests
{
    [Theory]
    [InlineData("1998", 1998, null, null)]
    [InlineData("1998-04", 1998, 4, null)]
    [InlineData("2024-02-29", 2024, 2, 29)]
    public void A_date_is_read_as_far_as_it_is_known(string text, int year, int? month, int? day)
    {
        Assert.True(FuzzyDate.TryParse(text, out var date));
        Assert.Equal((year, month, day), (date.Year, date.Month, date.Day));
        Assert.Equal(text, date.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("98")]
    [InlineData("0000")]
    [InlineData("12345")]
    [InlineData("1998-4")]
    [InlineData("1998-00")]
    [InlineData("1998-13")]
    [InlineData("1998-")]
    [InlineData("1998-04-31")]
    [InlineData("2023-02-29")]
    [InlineData("1998-04-00")]
    [InlineData("1998-04-03T00:00")]
    [InlineData("1998/04")]
    [InlineData(" 998")]
    [InlineData("1998 04")]
    [InlineData("١٩٩٨")]
    public void Anything_else_is_not_a_date(string? text) => Assert.False(FuzzyDate.TryParse(text, out _));

    [Theory]
    [InlineData("2020", "2021-05", true)]
    [InlineData("2020", "2020-05", false)]
    [InlineData("2020-05", "2020", false)]
    [InlineData("2020-04", "2020-05-01", true)]
    [InlineData("2020-05", "2020-05-02", false)]
    [InlineData("2020-05-01", "2020-05-02", true)]
    [InlineData("2020-05-02", "2020-05-02", false)]
    [InlineData("2020-05-02", "2020-05-01", false)]
    [InlineData("2020-06", "2020-05-01", false)]
    public void A_date_is_before_another_when_it_is_for_certain(string one, string other, bool before) =>
        Assert.Equal(before, Date(one).IsBefore(Date(other)));

    [Theory]
    [InlineData(null, 5, null, null)]
    [InlineData(0, 5, 1, null)]
    [InlineData(2020, null, 7, "2020")]
    [InlineData(2020, 13, 7, "2020")]
    [InlineData(2023, 2, 29, "2023-02")]
    [InlineData(2024, 2, 29, "2024-02-29")]
    public void What_AniList_holds_is_read_as_far_as_it_makes_sense(int? year, int? month, int? day, string? text) =>
        Assert.Equal(text, FuzzyDate.Of(year, month, day)?.ToString());

    [Fact]
    public void In_JSON_a_date_is_its_text()
    {
        FuzzyDate?[] dates = [Date("2020-05"), null];

        var json = JsonSerializer.Serialize(dates);

        Assert.Equal("""["2020-05",null]""", json);
        Assert.Equal(dates, JsonSerializer.Deserialize<FuzzyDate?[]>(json));
    }

    [Theory]
    [InlineData("2020")]
    [InlineData("null")]
    [InlineData("\"2020-13\"")]
    [InlineData("{}")]
    public void Anything_else_in_JSON_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FuzzyDate>(json));

    private static FuzzyDate Date(string text) =>
        FuzzyDate.TryParse(text, out var date) ? date : throw new ArgumentException(text);
}
