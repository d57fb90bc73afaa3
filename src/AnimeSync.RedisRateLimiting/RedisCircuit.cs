using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>
/// The way to one Redis. No question through it takes longer than the cap, and a Redis that failed is left alone for
/// the rest period; then one question tries it again. Whoever gets no answer counts for itself.
/// </summary>
public sealed class RedisCircuit
{
    private static readonly ConditionalWeakTable<IConnectionMultiplexer, RedisCircuit> _circuits = [];

    private readonly Func<Task<IConnectionMultiplexer>>? _connect;
    private readonly TimeProvider _clock;
    private long _restsUntil;
    private long _lastAnswer;

    /// <param name="connect">Gives the connection, at best the same one each time; may still be connecting.</param>
    public RedisCircuit(Func<Task<IConnectionMultiplexer>> connect, TimeProvider clock)
        : this(clock)
    {
        ArgumentNullException.ThrowIfNull(connect);
        _connect = connect;
    }

    private RedisCircuit(TimeProvider clock) => _clock = clock;

    /// <summary>The longest that a request waits for Redis.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a Redis that failed is not asked.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the last question found no answer, so that limits are counted in this process.</summary>
    public bool IsOpen => Volatile.Read(ref _restsUntil) != 0;

    /// <summary>Called with the new <see cref="IsOpen"/> and, when it opened, the reason. Must not throw.</summary>
    public Action<bool, Exception?>? Changed { get; init; }

    /// <summary>Without any Redis: this process's share is counted in memory. Not a failure.</summary>
    public static RedisCircuit InProcess(TimeProvider clock) => new(clock);

    /// <summary>Whether a question now would go unasked, because there is no Redis or it failed a moment ago.</summary>
    public bool IsResting => _connect is null || _clock.GetTimestamp() < Volatile.Read(ref _restsUntil);

    internal static RedisCircuit Of(IConnectionMultiplexer connection) =>
        _circuits.GetValue(connection, static key => new(() => Task.FromResult(key), TimeProvider.System));

    /// <summary>Microseconds since 1970, for counting in this process.</summary>
    internal long Now => _clock.GetUtcNow().Ticks / TimeSpan.TicksPerMicrosecond - 62_135_596_800_000_000;

    /// <summary>Null when Redis gave no answer, for whatever reason.</summary>
    internal async ValueTask<Verdict[]?> AskAsync(
        RedisScript script,
        RedisKey[] keys,
        RedisValue[] arguments,
        CancellationToken cancellationToken
    )
    {
        if (_connect is null || !TryEnter())
        {
            return null;
        }

        var asked = _clock.GetTimestamp();
        var answer = AskAsync(_connect, script, keys, arguments);
        try
        {
            var verdicts = await answer.WaitAsync(Cap, _clock, cancellationToken);
            Volatile.Write(ref _lastAnswer, _clock.GetTimestamp());
            Close();
            return verdicts;
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
                Open(exception);
            }

            return null;
        }
    }

    private static async Task<Verdict[]> AskAsync(
        Func<Task<IConnectionMultiplexer>> connect,
        RedisScript script,
        RedisKey[] keys,
        RedisValue[] arguments
    )
    {
        var connection = await connect();
        return await script.RunAsync(connection.GetDatabase(), keys, arguments);
    }

    private bool TryEnter()
    {
        var until = Volatile.Read(ref _restsUntil);
        if (until == 0)
        {
            return true;
        }

        var now = _clock.GetTimestamp();
        return now >= until && Interlocked.CompareExchange(ref _restsUntil, After(now), until) == until;
    }

    private void Open(Exception reason)
    {
        if (Interlocked.Exchange(ref _restsUntil, After(_clock.GetTimestamp())) == 0)
        {
            Changed?.Invoke(true, reason);
        }
    }

    private void Close()
    {
        if (Volatile.Read(ref _restsUntil) != 0 && Interlocked.Exchange(ref _restsUntil, 0) != 0)
        {
            Changed?.Invoke(false, null);
        }
    }

    private long After(long now) => now + (long)(Rest.TotalSeconds * _clock.TimestampFrequency);

    private static void Forget(Task answer) =>
        _ = answer.ContinueWith(
            static late => late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
