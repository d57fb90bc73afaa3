using RedisRateLimiting;

namespace AnimeSync.Api.Limits;

/// <summary>Every inbound limit, all scaled by N = RATE_LIMIT_PER_MINUTE.</summary>
internal sealed class RequestLimits(LimitOptions options, RedisHealth redis, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>2.5 N: several people can share one address, at home or behind a carrier's NAT.</summary>
    public RequestLimit Address { get; } = Create("address", (int)(options.PerMinute * 5L / 2), options, clock);

    /// <summary>N ÷ 6, in addition: signing in is rare, guessing is not.</summary>
    public RequestLimit Auth { get; } = Create("auth", Math.Max(1, options.PerMinute / 6), options, clock);

    public RequestLimit User { get; } = Create("user", options.PerMinute, options, clock);

    /// <summary>100 N points of GraphQL complexity.</summary>
    public RequestLimit GraphQLCost { get; } = Create("graphql-cost", options.PerMinute * 100, options, clock);

    /// <summary>
    /// Takes the permits of all, or of none. While Redis is away each is counted by itself, and those after a refusal
    /// take nothing.
    /// </summary>
    public async ValueTask<IReadOnlyList<LimitVerdict>> AcquireAsync(
        IReadOnlyList<LimitRequest> requests,
        CancellationToken cancellationToken
    )
    {
        if (!redis.Circuit.IsResting)
        {
            var windows = new RedisSlidingWindow[requests.Count];
            for (var index = 0; index < windows.Length; index++)
            {
                windows[index] = requests[index].Limit.WindowOf(requests[index]);
            }

            if (await RedisSlidingWindows.TryAcquireAsync(redis.Circuit, windows, cancellationToken) is { } leases)
            {
                var counted = new LimitVerdict[leases.Count];
                for (var index = 0; index < counted.Length; index++)
                {
                    counted[index] = requests[index].Limit.Read(leases[index]);
                }

                return counted;
            }
        }

        var verdicts = new List<LimitVerdict>(requests.Count);
        var isRefused = false;
        foreach (var request in requests)
        {
            // After a refusal the others are only looked at: one of them may refuse for longer.
            var asked = isRefused ? request with { Permits = 0 } : request;
            var verdict = await asked.Limit.AcquireShareAsync(asked, cancellationToken);
            isRefused |= !verdict.IsGranted;
            verdicts.Add(verdict);
        }

        return verdicts;
    }

    public async ValueTask DisposeAsync()
    {
        await Address.DisposeAsync();
        await Auth.DisposeAsync();
        await User.DisposeAsync();
        await GraphQLCost.DisposeAsync();
    }

    private static RequestLimit Create(string name, int quota, LimitOptions options, TimeProvider clock) =>
        new(name, quota, options.Processes, clock);
}
