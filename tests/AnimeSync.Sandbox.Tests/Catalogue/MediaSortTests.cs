using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

public sealed class MediaSortTests(RealTitlesFixture sandbox) : IClassFixture<RealTitlesFixture>
{
    private static readonly Dictionary<string, Func<JsonElement, object?>> Keys = new()
    {
        ["ID"] = media => Number(media, "id"),
        ["TITLE_ROMAJI"] = media => Title(media, "romaji"),
        ["TITLE_ENGLISH"] = media => Title(media, "english"),
        ["TITLE_NATIVE"] = media => Title(media, "native"),
        ["TYPE"] = media => media.GetProperty("type").GetString(),
        ["FORMAT"] = media => media.GetProperty("format").GetString(),
        ["START_DATE"] = media => Date(media, "startDate"),
        ["END_DATE"] = media => Date(media, "endDate"),
        ["SCORE"] = media => Number(media, "averageScore"),
        ["POPULARITY"] = media => Number(media, "popularity"),
        ["TRENDING"] = media => Number(media, "trending"),
        ["EPISODES"] = media => Number(media, "episodes"),
        ["DURATION"] = media => Number(media, "duration"),
        ["STATUS"] = media => media.GetProperty("status").GetString(),
        ["CHAPTERS"] = media => Number(media, "chapters"),
        ["VOLUMES"] = media => Number(media, "volumes"),
        ["UPDATED_AT"] = media => Number(media, "updatedAt"),
        ["FAVOURITES"] = media => Number(media, "favourites"),
    };

    public static TheoryData<string> Sorts => [.. Keys.Keys.SelectMany(name => (string[])[name, $"{name}_DESC"])];

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Titles_come_in_the_order_asked_for(string sort)
    {
        var down = sort.EndsWith("_DESC", StringComparison.Ordinal);
        var key = Keys[down ? sort[..^"_DESC".Length] : sort];
        var data = await sandbox.DataAsync(
            $$"""
            { Page { media(sort: {{sort}}) {
              id title { romaji english native } type format status(version: 2) startDate { year month day } endDate { year month day }
              averageScore popularity trending episodes duration chapters volumes updatedAt favourites
            } } }
            """
        );
        var keys = data.GetProperty("Page").GetProperty("media").EnumerateArray().Select(key).ToList();

        Assert.Equal(50, keys.Count);
        Assert.All(
            keys.Zip(keys.Skip(1)),
            pair => Assert.True((down ? -1 : 1) * Compare(pair.First, pair.Second) <= 0, $"{pair}")
        );
    }

    private static int Compare(object? a, object? b) =>
        a is string x && b is string y
            ? StringComparer.OrdinalIgnoreCase.Compare(x, y)
            : System.Collections.Comparer.Default.Compare(a, b);

    private static string? Title(JsonElement media, string language) =>
        media.GetProperty("title").GetProperty(language).GetString();

    private static int? Number(JsonElement media, string member) =>
        media.GetProperty(member) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    private static int? Date(JsonElement media, string member) =>
        media.GetProperty(member) is var date && Number(date, "year") is { } year
            ? (year * 10000) + ((Number(date, "month") ?? 0) * 100) + (Number(date, "day") ?? 0)
            : null;
}
