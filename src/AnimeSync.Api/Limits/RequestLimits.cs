using AnimeSync.Api.Http;

namespace AnimeSync.Api.Limits;

/// <summary>Every inbound limit, all scaled by N = RATE_LIMIT_PER_MINUTE, and the one way to be refused by them.</summary>
internal sealed class RequestLimits(LimitOptions options, RedisHealth redis, RefusalLog refusals) : IAsyncDisposable
{
    /// <summary>2.5 N: several people can share one address, at home or behind a carrier's NAT.</summary>
    public RequestLimit Address { get; } = Create("address", (int)(options.PerMinute * 5L / 2), options, redis);

    /// <summary>N ÷ 6, in addition: signing in is rare, guessing is not.</summary>
    public RequestLimit Auth { get; } = Create("auth", Math.Max(1, options.PerMinute / 6), options, redis);

    public RequestLimit User { get; } = Create("user", options.PerMinute, options, redis);

    /// <summary>100 N points of GraphQL complexity.</summary>
    public RequestLimit GraphQLCost { get; } = Create("graphql-cost", options.PerMinute * 100, options, redis);

    /// <summary>Takes one permit and shows it; when there is none, answers and returns false.</summary>
    public async ValueTask<bool> AdmitAsync(HttpContext context, RequestLimit limit, string key)
    {
        var verdict = await limit.AcquireAsync(key, 1, context.RequestAborted);
        if (verdict.IsGranted)
        {
            RateLimitFields.Of(context).Add(verdict);
            return true;
        }

        refusals.Count(limit.Name);
        RateLimitFields.Of(context).Refuse(verdict);
        await Problems.QuotaExceeded.WriteAsync(
            context,
            $"The limit \"{limit.Name}\" allows {limit.Quota} in {RequestLimit.WindowSeconds} seconds. "
                + $"Try again in {verdict.Seconds} seconds."
        );
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await Address.DisposeAsync();
        await Auth.DisposeAsync();
        await User.DisposeAsync();
        await GraphQLCost.DisposeAsync();
    }

    private static RequestLimit Create(string name, int quota, LimitOptions options, RedisHealth redis) =>
        new(name, quota, redis.Circuit, options.Processes);
}
