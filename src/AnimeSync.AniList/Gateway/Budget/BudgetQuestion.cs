using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>What a process asks and tells the script. Times are microseconds.</summary>
internal sealed record BudgetQuestion(RequestBudgetOptions Options, string Process)
{
    /// <summary>Null only tells, and leaves what this process waits for as it is.</summary>
    public LaneDemand? Demand { get; init; }

    /// <summary>The last header's limit; 0 when none was seen.</summary>
    public int Header { get; init; }

    /// <summary>Redis has not been told of the header yet. Else it counts only where Redis knows none.</summary>
    public bool IsHeaderNews { get; init; }

    public long Freeze { get; init; }

    public bool IsFreezeNews { get; init; }

    /// <summary>This is a 429 being told.</summary>
    public bool IsRefused { get; init; }

    /// <summary>How long to wait because of the last minute's calls, should Redis have forgotten them.</summary>
    public long Hold { get; init; }

    /// <summary>Processes may have counted for themselves since this one's last answer.</summary>
    public bool IsApart { get; init; }

    /// <summary>The highest number of a permit that this process knows of.</summary>
    public long Seen { get; init; }

    public RedisValue[] ToArguments()
    {
        var demand = Demand ?? default;
        RedisValue[] arguments =
        [
            Demand is null ? "report" : "take",
            Process,
            demand.Writes,
            demand.Reads,
            demand.Background,
            Options.Limit,
            Options.Burst,
            Options.Processes,
            Header,
            IsHeaderNews,
            Freeze,
            IsFreezeNews,
            IsRefused,
            Hold,
            IsApart,
            Seen,
        ];
        return Options.RedisTime is { } time ? [.. arguments, time()] : arguments;
    }
}
