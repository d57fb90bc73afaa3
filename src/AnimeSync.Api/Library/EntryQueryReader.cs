using System.ComponentModel;
using System.Globalization;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace AnimeSync.Api.Library;

/// <summary>The parameters of a list read, as they are sent.</summary>
internal readonly record struct EntryParameters(
    [property: FromQuery(Name = "status"), Description("One or more of AniList's statuses with commas between them.")]
        string? Status,
    [property: FromQuery(Name = "customList"), Description("The name of one of the person's custom lists.")]
        string? CustomList,
    [property: FromQuery(Name = "format"), Description("One or more of AniList's formats with commas between them.")]
        string? Format,
    [property:
        FromQuery(Name = "mediaStatus"),
        Description("FINISHED, RELEASING, NOT_YET_RELEASED, CANCELLED or HIATUS.")
    ]
        string? MediaStatus,
    [property: FromQuery(Name = "seasonYear")] string? SeasonYear,
    [property: FromQuery(Name = "minScore"), Description("In the person's own score format.")] string? MinScore,
    [property: FromQuery(Name = "maxScore"), Description("In the person's own score format.")] string? MaxScore,
    [property: FromQuery(Name = "search"), Description("Part of a title, in any case.")] string? Search,
    [property:
        FromQuery(Name = "sort"),
        Description(
            "mediaId, title, score, progress, createdAt or updatedAt, with a minus in front for the other way round; -updatedAt when nothing is said."
        )
    ]
        string? Sort,
    [property: FromQuery(Name = "limit"), Description("1 to 500; 50 when nothing is said.")] string? Limit,
    [property: FromQuery(Name = "cursor"), Description("The nextCursor of the page before, read in the same order.")]
        string? Cursor
)
{
    private const int UsualPage = 50;

    /// <returns>Null when something cannot be read; then <paramref name="faulty"/> names what.</returns>
    public EntryQuery? TryRead(out IReadOnlyCollection<string> faulty)
    {
        List<string> wrong = [];
        faulty = wrong;
        var ordering = EntryOrdering.Find(Sort ?? EntryOrdering.Newest);
        Check(ordering is not null, "sort");
        var statuses = Status?.Split(',').Select(EnumNames<ListStatus>.Find).ToList();
        Check(statuses?.Contains(null) != true, "status");
        var limit = Whole(Limit, "limit", 1, EntryQuery.LargestPage);
        var year = Whole(SeasonYear, "seasonYear", 1, 9999);
        var (min, max) = (Number(MinScore, "minScore"), Number(MaxScore, "maxScore"));
        var cursor = Cursor is null ? null : EntryCursor.Parse(Cursor);
        Check(Cursor is null || (cursor is not null && ordering?.Takes(cursor) == true), "cursor");
        foreach (
            var (text, name) in new[]
            {
                (CustomList, "customList"),
                (Format, "format"),
                (MediaStatus, "mediaStatus"),
                (Search, "search"),
            }
        )
        {
            // PostgreSQL cannot even be asked for it.
            Check(
                text is null || (text.Length is > 0 and <= 200 && !text.Contains('\0', StringComparison.Ordinal)),
                name
            );
        }

        return wrong.Count > 0
            ? null
            : new(ordering!, limit ?? UsualPage)
            {
                Statuses = statuses?.ConvertAll(status => status!.Value),
                CustomList = CustomList,
                Formats = Format?.Split(','),
                MediaStatus = MediaStatus,
                SeasonYear = year,
                MinScore = min,
                MaxScore = max,
                Search = Search,
                After = cursor,
            };

        void Check(bool isRight, string name)
        {
            if (!isRight)
            {
                wrong.Add(name);
            }
        }

        int? Whole(string? text, string name, int least, int most)
        {
            var number = LibraryNumbers.Read(text);
            Check(text is null || (number >= least && number <= most), name);
            return (int?)number;
        }

        double? Number(string? text, string name)
        {
            var isNumber = double.TryParse(
                text,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            );
            Check(text is null || isNumber, name);
            return isNumber ? number : null;
        }
    }
}

/// <summary>Whole numbers in queries: digits and nothing else.</summary>
internal static class LibraryNumbers
{
    /// <returns>Null for anything else.</returns>
    public static long? Read(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
