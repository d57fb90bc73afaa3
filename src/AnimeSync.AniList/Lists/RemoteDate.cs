using System.Text.Json;

namespace AnimeSync.AniList.Lists;

internal static class RemoteDate
{
    /// <param name="isOdd">Whether AniList holds more than is returned.</param>
    public static FuzzyDate? Read(JsonElement item, string name, out bool isOdd)
    {
        isOdd = false;
        if (item.Member(name) is not { } parts)
        {
            return null;
        }

        var (year, month, day) = (PartOf(parts, "year"), PartOf(parts, "month"), PartOf(parts, "day"));
        var date = FuzzyDate.Of(year, month, day);
        isOdd = (date?.Year, date?.Month, date?.Day) != (year, month, day);
        return date;
    }

    // 0 is another way to say that a part is not known.
    private static int? PartOf(JsonElement parts, string name) => parts.Count(name) is > 0 and var part ? part : null;
}
