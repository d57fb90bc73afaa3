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
            var key = userId.ToString("n");
            await connection
                .GetDatabase()
                .KeyDeleteAsync([limits.User.RedisKeyOf(key), limits.GraphQLCost.RedisKeyOf(key)])
                .WaitAsync(_patience);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The account is gone all the same.
        }
    }
}
