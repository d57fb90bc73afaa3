using System.Globalization;

namespace AnimeSync.AniList;

/// <summary>A date of which less may be known than the day: 1998, 1998-04 or 1998-04-03.</summary>
public readonly record struct FuzzyDate
{
    private readonly int _year;
    private readonly int? _month;
    private readonly int? _day;

    private FuzzyDate(int year, int? month, int? day) => (_year, _month, _day) = (year, month, day);

    /// <returns>As much as makes sense, from the year on; null without one.</returns>
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

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_year:0000}{Part(_month)}{Part(_day)}");

    private static string Part(int? number) =>
        number is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{number:00}");
}
