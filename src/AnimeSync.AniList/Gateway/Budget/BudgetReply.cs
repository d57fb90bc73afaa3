using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>The script's answer, and what the asker should remember for a time without Redis, in microseconds.</summary>
/// <param name="Header">What the limit was last told to be; 0 before it was.</param>
/// <param name="Hold">How long who knows nothing of the last minute's calls has to wait because of them.</param>
/// <param name="Taken">The number of the last permit.</param>
internal sealed record BudgetReply(
    BudgetAnswer Answer,
    int Limit,
    int Burst,
    int Header,
    int Available,
    long Frozen,
    long Hold,
    long Taken
)
{
    /// <summary>What is believed before Redis has said anything.</summary>
    public static BudgetReply Before(RequestBudgetOptions options) =>
        new(default, options.Limit, BudgetRules.FullBurst(options.Limit, options.Burst), 0, 0, 0, 0, 0);

    public static BudgetReply Parse(RedisResult result)
    {
        var numbers = (long[])result!;
        return new(
            new(numbers[0] < 0 ? null : (Lane)numbers[0], TimeSpan.FromMicroseconds(numbers[1])),
            (int)numbers[2],
            (int)numbers[3],
            (int)numbers[4],
            (int)numbers[5],
            numbers[6],
            numbers[7],
            numbers[8]
        );
    }
}
