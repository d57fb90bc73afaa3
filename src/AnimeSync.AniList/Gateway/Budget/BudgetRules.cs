namespace AnimeSync.AniList.Gateway;

/// <summary>The numbers that the script and the count in this process share. Times are microseconds.</summary>
internal static class BudgetRules
{
    public const int LargestLimit = 1_000_000_000;

    /// <summary>Tokens are counted in millionths of a permit.</summary>
    public const long Permit = 1_000_000;

    public const long Second = 1_000_000;

    // AniList's minute, and a second for requests that take unequally long to get there.
    public const long RefillSeconds = 61;

    public const long DemandLife = 2 * Second;
    public const long LongestRetry = Second;
    public const long ShortestRetry = 5_000;

    // A 429 after fewer calls is not about the minute's limit.
    public const int CallsThatProveALimit = 20;
    public const int LowestLimit = 15;

    public const long CleanTime = 300 * Second;
    public const long BurstPenalty = 3600 * Second;

    /// <summary>Virtual time that a permit costs each lane: one over 60, 30 and 10.</summary>
    public static ReadOnlySpan<int> Strides => [1, 2, 6];

    public static int FullBurst(int limit, int burst) => Math.Max(1, Math.Min(burst, limit / 2));

    public static int Rate(int limit, int burst) => Math.Max(1, limit - FullBurst(limit, burst));

    /// <summary>How long a bucket takes to gain these tokens.</summary>
    public static long TimeToGain(long tokens, int rate) =>
        tokens <= 0 ? 0 : (tokens * RefillSeconds + rate - 1) / rate;
}
