using System.Collections.Concurrent;
using AnimeSync.AniList.Operations;
using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// A user's own answers, for seconds and in Redis only: under a generation that every change of that user's data renews,
/// so that no process shows a user their own past. Without Redis nothing is kept.
/// </summary>
internal sealed class CallerAnswers(RedisQuestions redis, TimeProvider clock)
{
    /// <summary>Short, because what the user changes at AniList itself renews nothing here.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan _nextTry = TimeSpan.FromSeconds(1);

    // The longest call that was under way, and then the life of its answer.
    private static readonly TimeSpan _longestPast = TimeSpan.FromMinutes(1);

    private const int LargestBody = 256 * 1024;

    // Far longer than any answer lives and any call takes, so that a generation that expires is not one in use.
    private static readonly RedisValue _generationLife = (long)TimeSpan.FromHours(1).TotalMilliseconds;
    private static readonly RedisValue _life = (long)Life.TotalMilliseconds;

    // Generations are instants, not counts: one that Redis forgot must not come back with answers from before.
    private const string Find = """
        local generation = redis.call('GET', KEYS[1])
        if generation then
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
        else
          local time = redis.call('TIME')
          generation = time[1] .. string.format('%06d', time[2])
          redis.call('SET', KEYS[1], generation, 'PX', ARGV[2])
        end
        local place = KEYS[1] .. ':' .. generation .. ':' .. ARGV[1]
        return { place, redis.call('GET', place), redis.call('PTTL', place) }
        """;

    private const string Store = "return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])";

    private const string Renew = """
        local time = redis.call('TIME')
        return redis.call('SET', KEYS[1], time[1] .. string.format('%06d', time[2]), 'PX', ARGV[1])
        """;

    // Whose data changed while Redis could not be told, and when.
    private readonly ConcurrentDictionary<Guid, long> _owed = new();

    /// <summary>Whether other processes may change what is read here.</summary>
    public bool IsShared => redis.IsConfigured;

    /// <summary>What is kept, and the place for what is going to be; none while Redis is away.</summary>
    public readonly record struct Found(byte[]? Body, TimeSpan Age, string? Place);

    /// <summary>Must be asked before AniList is: the place belongs to the user's data as they are now.</summary>
    public async ValueTask<Found> FindAsync(Guid user, OperationKey key)
    {
        if (!redis.IsConfigured || _owed.ContainsKey(user))
        {
            return default;
        }

        var answer = await redis.AskAsync(Find, [KeyOf(user)], key.ToString(), _generationLife);
        if (answer is null)
        {
            return default;
        }

        var parts = (RedisResult[])answer!;
        var body = (byte[]?)parts[1];
        var age = body is null ? TimeSpan.Zero : Life - TimeSpan.FromMilliseconds((long)parts[2]);
        return new(body, age, (string)parts[0]!);
    }

    public async ValueTask StoreAsync(string place, ReadOnlyMemory<byte> body)
    {
        if (body.Length <= LargestBody)
        {
            await redis.AskAsync(Store, [place], body, _life);
        }
    }

    /// <summary>Whatever was read before this is not shown any more.</summary>
    public async ValueTask RenewAsync(Guid user)
    {
        if (!redis.IsConfigured || await TryRenewAsync(user))
        {
            return;
        }

        var now = clock.GetTimestamp();
        if (_owed.TryAdd(user, now))
        {
            _ = RenewLaterAsync(user);
        }
        else
        {
            _owed.TryUpdate(user, now, _owed.GetValueOrDefault(user));
        }
    }

    /// <summary>Nothing names the user any more; what is kept is out of reach, and gone within seconds.</summary>
    public async ValueTask EraseAsync(Guid user) =>
        await redis.AskAsync("return redis.call('DEL', KEYS[1])", [KeyOf(user)]);

    private async Task RenewLaterAsync(Guid user)
    {
        while (_owed.TryGetValue(user, out var since))
        {
            await Task.Delay(_nextTry, clock);
            if (await TryRenewAsync(user) || clock.GetElapsedTime(since) > _longestPast)
            {
                _owed.TryRemove(KeyValuePair.Create(user, since));
            }
        }
    }

    private async ValueTask<bool> TryRenewAsync(Guid user) =>
        await redis.AskAsync(Renew, [KeyOf(user)], _generationLife) is not null;

    private static RedisKey KeyOf(Guid user) => $"gw:caller:{{{user:n}}}";
}
