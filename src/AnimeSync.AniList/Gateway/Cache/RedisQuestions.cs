using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Asks Redis what is nice to know. No answer is an answer too: it comes within the cap, and a Redis that gave none is
/// left alone for a second.
/// </summary>
internal sealed class RedisQuestions(GatewayOptions options, TimeProvider clock)
{
    private static readonly TimeSpan _cap = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(1);

    private long _restsUntil;

    public bool IsConfigured => options.Redis is not null;

    /// <returns>Null without Redis, or when it did not answer.</returns>
    public async ValueTask<RedisResult?> AskAsync(string script, RedisKey[] keys, params RedisValue[] arguments)
    {
        if (options.Redis is not { } connect || clock.GetTimestamp() < Volatile.Read(ref _restsUntil))
        {
            return null;
        }

        try
        {
            return await AskAsync(connect, script, keys, arguments).WaitAsync(_cap, clock);
        }
        catch (Exception exception)
            when (exception
                    is TimeoutException
                        or RedisException
                        or RedisCommandException
                        or ObjectDisposedException
                        or IOException
                        or OperationCanceledException
            )
        {
            Volatile.Write(
                ref _restsUntil,
                clock.GetTimestamp() + (long)(_rest.TotalSeconds * clock.TimestampFrequency)
            );
            return null;
        }
    }

    private static async Task<RedisResult> AskAsync(
        Func<Task<IConnectionMultiplexer>> connect,
        string script,
        RedisKey[] keys,
        RedisValue[] arguments
    )
    {
        var connection = await connect();
        return await connection.GetDatabase().ScriptEvaluateAsync(script, keys, arguments);
    }
}
