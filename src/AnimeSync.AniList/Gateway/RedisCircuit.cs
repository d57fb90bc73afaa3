using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// The way to Redis: no question takes longer than the cap, none throws because of Redis, and one that failed lets
/// Redis rest for a second, after which one question tries it again.
/// </summary>
internal sealed class RedisCircuit(Func<Task<IConnectionMultiplexer>> connect, TimeSpan cap, TimeProvider clock)
{
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(1);

    private long _restsUntil;
    private long _lastAnswer = long.MinValue;

    public bool IsOpen => Volatile.Read(ref _restsUntil) != 0;

    /// <summary>Null when Redis gave no answer, for whatever reason.</summary>
    public async ValueTask<T?> AskAsync<T>(
        Func<IDatabaseAsync, Task<T>> question,
        CancellationToken cancellationToken = default
    )
        where T : class
    {
        if (!TryEnter())
        {
            return null;
        }

        var asked = clock.GetTimestamp();
        var answer = RunAsync(question);
        try
        {
            var reply = await answer.WaitAsync(cap, clock, cancellationToken);
            Volatile.Write(ref _lastAnswer, clock.GetTimestamp());
            Volatile.Write(ref _restsUntil, 0);
            return reply;
        }
        catch (TimeoutException) when (answer.IsCompletedSuccessfully)
        {
            // This process was slow to look, not Redis to answer.
            return await answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Forget(answer);
            throw;
        }
        catch (Exception exception)
            when (exception
                    is TimeoutException
                        or RedisException
                        or RedisCommandException
                        or ObjectDisposedException
                        or IOException
                        or OperationCanceledException
                        or InvalidCastException
            )
        {
            Forget(answer);
            // One late answer among others that came is no reason to count apart from the other processes.
            if (exception is not TimeoutException || Volatile.Read(ref _lastAnswer) < asked)
            {
                Volatile.Write(ref _restsUntil, After(clock.GetTimestamp()));
            }

            return null;
        }
    }

    private async Task<T> RunAsync<T>(Func<IDatabaseAsync, Task<T>> question)
    {
        var connection = await connect();
        return await question(connection.GetDatabase());
    }

    private bool TryEnter()
    {
        var until = Volatile.Read(ref _restsUntil);
        if (until == 0)
        {
            return true;
        }

        var now = clock.GetTimestamp();
        return now >= until && Interlocked.CompareExchange(ref _restsUntil, After(now), until) == until;
    }

    private long After(long now) => now + (long)(_rest.TotalSeconds * clock.TimestampFrequency);

    private static void Forget(Task answer) =>
        _ = answer.ContinueWith(
            static late => late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
