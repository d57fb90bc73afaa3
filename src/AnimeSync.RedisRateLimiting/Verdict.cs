using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>The answer to one request, the same whether Redis or this process counted. Times are microseconds.</summary>
/// <param name="Remaining">Permits left after this request.</param>
/// <param name="RetryAfter">How long until the same request is allowed; 0 when it was.</param>
/// <param name="Reset">How long until all permits are back if nobody asks again.</param>
/// <param name="At">The clock of whoever counted, since 1970.</param>
internal readonly record struct Verdict(bool Allowed, long Remaining, long RetryAfter, long Reset, long At)
{
    private const int Numbers = 5;

    /// <summary>Reads the verdicts of one script, which follow each other.</summary>
    public static Verdict[] Parse(RedisResult answer)
    {
        var all = (long[])answer!;
        var verdicts = new Verdict[all.Length / Numbers];
        for (var index = 0; index < verdicts.Length; index++)
        {
            var numbers = all.AsSpan(index * Numbers, Numbers);
            verdicts[index] = new(numbers[0] == 1, numbers[1], numbers[2], numbers[3], numbers[4]);
        }

        return verdicts;
    }

    /// <summary>Whole seconds, rounded up: one who waits that long is not early.</summary>
    public static int WholeSeconds(long microseconds) => (int)((microseconds + 999_999) / 1_000_000);
}
