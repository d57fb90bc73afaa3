using StackExchange.Redis;

namespace AnimeSync.Api.Limits;

/// <summary>What Redis holds under a user's id.</summary>
internal sealed class UserCounters(LimitOptions options, RequestLimits limits, RedisConnection redis)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>Removes the user's counters. While Redis is away they go by themselves, within their minute.</summary>
    public async Task EraseAsync(Guid userId)
    {
        if (options.Redis is null)
        {
            return;
        }

        try
        {
            var connection = await redis.ConnectAsync().WaitAsync(_patience);
            // One by one: the keys of different limits live in different slots of a cluster.
            foreach (var limit in new[] { limits.User, limits.GraphQLCost })
            {
                await connection
                    .GetDatabase()
                    .KeyDeleteAsync(limit.RedisKeyOf(userId.ToString("n")))
                    .WaitAsync(_patience);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The account is gone all the same.
        }
    }
}
