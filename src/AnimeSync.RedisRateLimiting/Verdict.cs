using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>The answer to one request, the same whether Redis or this process counted. Times are microseconds.</summary>
/// <param name="Remaining">Permits left after this request.</param>
/// <param name="RetryAfter">How long until the same request is allowed; 0 when it was.</param>
/// <param name="Reset">How long until all permits are back if nobody asks again.</param>
/// <param name="At">The clock of whoever counted, since 1970.</param>
internal readonly record struct Verdict(bool Allowed, long Remaining, long RetryAfter, long Reset, long At)
{
    public static Verdict Parse(RedisResult answer)
    {
        var numbers = (long[])answer!;
        return new(numbers[0] == 1, numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /// <summary>Whole seconds, rounded up: one who waits that long is not early.</summary>
    public static int WholeSeconds(long microseconds) => (int)((microseconds + 999_999) / 1_000_000);
}
