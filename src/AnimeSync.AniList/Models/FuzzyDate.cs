using System.Globalization;
using System.Text.Json.Serialization;

namespace AnimeSync.AniList;

/// <summary>A date of which less may be known than the day: 1998, 1998-04 or 1998-04-03, in JSON as in text.</summary>
[JsonConverter(typeof(FuzzyDateConverter))]
public readonly record struct FuzzyDate
{
    private const string Shape = "yyyy-MM-dd";

    private FuzzyDate(int year, int? month, int? day) => (Year, Month, Day) = (year, month, day);

    /// <summary>1 to 9999.</summary>
    public int Year { get; }

    /// <summary>1 to 12.</summary>
    public int? Month { get; }

    /// <summary>A day of that month; never without a month.</summary>
    public int? Day { get; }

    /// <returns>
    /// As much as makes sense, from the year on; null without one. AniList can hold more than this shows, such as a
    /// month of no year: what is read as null is not known to be empty.
    /// </returns>
    public static FuzzyDate? Of(int? year, int? month, int? day)
    {
        if (year is not (>= 1 and <= 9999))
        {
            return null;
        }

        if (month is not (>= 1 and <= 12))
        {
            return new(year.Value, null, null);
        }

        var hasDay = day >= 1 && day <= DateTime.DaysInMonth(year.Value, month.Value);
        return new(year.Value, month, hasDay ? day : null);
    }

    public static FuzzyDate Of(DateOnly day) => new(day.Year, day.Month, day.Day);

    /// <summary>Takes YYYY, YYYY-MM or YYYY-MM-DD with ASCII digits, of a day that there is, and nothing else.</summary>
    public static bool TryParse(string? text, out FuzzyDate date)
    {
        date = default;
        if (
            text is not { Length: 4 or 7 or 10 }
            || !DateOnly.TryParseExact(
                text,
                Shape[..text.Length],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var first
            )
        )
        {
            return false;
        }

        date = new(first.Year, text.Length > 4 ? first.Month : null, text.Length > 7 ? first.Day : null);
        return true;
    }

    /// <exception cref="FormatException">It is not what <see cref="TryParse"/> takes.</exception>
    public static FuzzyDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException("Not a fuzzy date.");

    /// <summary>Whether it is earlier for certain: 2020 is before 2021-05, but not before 2020-05.</summary>
    public bool IsBefore(FuzzyDate other) =>
        Year != other.Year ? Year < other.Year
        : Month != other.Month ? Month < other.Month
        : Day < other.Day;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Year:0000}{Part(Month)}{Part(Day)}");

    private static string Part(int? number) =>
        number is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{number:00}");
}
