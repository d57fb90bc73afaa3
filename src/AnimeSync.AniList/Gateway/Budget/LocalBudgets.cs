using static AnimeSync.AniList.Gateway.BudgetRules;

namespace AnimeSync.AniList.Gateway;

/// <summary>Starts counting in this process: empty, because what was spent just before is not known here.</summary>
internal static class LocalBudgets
{
    public static LocalBudget Alone(RequestBudgetOptions options)
    {
        var isAlone = options.Processes == 1;
        var limit = new UpstreamLimit(options.Limit, isAlone ? options.Burst : 1, options.Processes);
        limit.Tell(0, 0);
        return new(limit, debt: 0, started: 0, closedUntil: 0, blindUntil: 0);
    }

    /// <summary>
    /// For the time that Redis is away. Of n processes each counts limit ÷ n with a burst of 1, so that a minute of it
    /// holds at most n + (limit - n) × 60/61. The minute in which Redis went holds what it granted, at most
    /// burst + (limit - burst) × x/61 in its last x seconds, and then n × (limit/n - 1) × (60 - x)/61 less the debt:
    /// with the burst as the debt that is below the limit for every x.
    /// </summary>
    /// <param name="wait">How long all would have waited anyway.</param>
    public static LocalBudget Share(RequestBudgetOptions options, int header, int lowered, long wait, long now)
    {
        var limit = new UpstreamLimit(options.Limit, 1, options.Processes);
        limit.Tell(header, now);
        limit.LowerTo(lowered, now);
        var blindUntil = now + RefillSeconds * Second;
        return new(limit, Debt(options, lowered), now, closedUntil: now + wait, blindUntil);
    }

    /// <summary>How long after its last answer from Redis any process may first grant by itself.</summary>
    public static long FirstGrant(RequestBudgetOptions options, int limit) =>
        limit < options.Processes
            ? long.MaxValue
            : TimeToGain(Permit + Debt(options, limit), Rate(limit / options.Processes, 1));

    public static BudgetState State(LocalBudget budget, long now, bool isDegraded)
    {
        budget.MoveTo(now);
        var limit = budget.Limit;
        var frozen = Math.Max(0, limit.FrozenUntil - now);
        return new(
            limit.Limit,
            limit.Burst,
            frozen > 0 ? 0 : budget.Available,
            TimeSpan.FromMicroseconds(frozen),
            frozen > 0 || limit.Limit == 0 ? 0 : (double)limit.Rate / RefillSeconds,
            isDegraded
        );
    }

    private static long Debt(RequestBudgetOptions options, int limit) =>
        (FullBurst(limit, options.Burst) * Permit + options.Processes - 1) / options.Processes;
}
