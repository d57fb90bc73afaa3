using System.Globalization;
using System.Net.Http.Headers;

namespace AnimeSync.AniList;

/// <summary>What an answer's headers say about the request budget. Each may be missing: AniList's edge sends few.</summary>
/// <param name="Limit">Requests a minute.</param>
/// <param name="Reset">By AniList's clock.</param>
/// <param name="RetryAfter">At most an hour, counted from receipt; a date has been measured against the answer's own Date.</param>
public readonly record struct AniListRateLimit(
    int? Limit,
    int? Remaining,
    DateTimeOffset? Reset,
    TimeSpan? RetryAfter,
    DateTimeOffset? Date
)
{
    // AniList's own time-outs last a minute; a longer one is a mistake that must not keep everybody away for days.
    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(1);

    internal static AniListRateLimit Read(HttpResponseHeaders headers) =>
        new(
            (int?)Number(headers, "X-RateLimit-Limit"),
            (int?)Number(headers, "X-RateLimit-Remaining"),
            Number(headers, "X-RateLimit-Reset") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            Wait(headers),
            headers.Date
        );

    private static TimeSpan? Wait(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - headers.Date);
        return wait > _longestWait ? _longestWait
            : wait >= TimeSpan.Zero ? wait
            : null;
    }

    // All three are small or Unix seconds; anything else is garbage and counts as missing.
    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values)
        && values.Count == 1
        && uint.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number & int.MaxValue
            : null;
}
