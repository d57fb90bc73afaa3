using System.Collections.Concurrent;
using System.Globalization;
using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Lets one process at a time ask AniList a question; the others wait for its answer in the shared cache, or for its
/// failure. A process that dies loses its turn within seconds. Without Redis everybody has their turn at once.
/// </summary>
internal sealed class ReplicaTurns(RedisQuestions redis, GatewayOptions options, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan _life = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _renewal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    // A turn at AniList and its answer; who waits longer is better off with a refusal.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(25);

    // As long as a follower needs to see it, and no longer: the next one to ask deserves a try of their own.
    private static readonly RedisValue _failureLife = 500;
    private static readonly RedisValue _turnLife = (long)_life.TotalMilliseconds;

    private const string Enter = """
        local holder = redis.call('GET', KEYS[1])
        if holder then return holder end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return ARGV[1]
        """;

    private const string Extend = """
        for i = 1, #KEYS do
          if redis.call('GET', KEYS[i]) == ARGV[1] then redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
        end
        return 1
        """;

    private const string Leave = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        if ARGV[2] == '' then return redis.call('DEL', KEYS[1]) end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """;

    private readonly string _process = Guid.NewGuid().ToString("n");
    private readonly ConcurrentDictionary<string, byte> _held = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task? _renewing;

    /// <summary>What a process may do about a question.</summary>
    /// <param name="IsMine">Ask AniList, and then call <see cref="LeaveAsync"/>.</param>
    /// <param name="Failure">Another process asked just now and failed like this.</param>
    public readonly record struct Turn(bool IsMine, AniListFailure? Failure, TimeSpan? RetryAfter);

    /// <summary>Waits until it is this process's turn, or another one's turn has failed.</summary>
    /// <param name="isAnswered">Looks for the other's answer; what it finds ends the waiting without a turn.</param>
    public async Task<Turn> EnterAsync(
        string key,
        Func<ValueTask<bool>> isAnswered,
        CancellationToken cancellationToken
    )
    {
        var turn = TurnOf(key);
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < _patience)
        {
            var holder = (string?)await redis.AskAsync(Enter, [turn], _process, _turnLife);
            if (holder is null)
            {
                return new(true, null, null);
            }

            if (holder == _process)
            {
                _held[key] = 0;
                StartRenewing();
                return new(true, null, null);
            }

            if (ParseFailure(holder) is { } failed)
            {
                return failed;
            }

            await Task.Delay(_look, clock, cancellationToken);
            if (await isAnswered())
            {
                return default;
            }
        }

        return new(false, AniListFailure.RateLimited, _life);
    }

    public async ValueTask LeaveAsync(string key, AniListFailure? failure, TimeSpan? retryAfter)
    {
        if (_held.TryRemove(key, out _))
        {
            var seconds = ((int?)retryAfter?.TotalSeconds)?.ToString(CultureInfo.InvariantCulture);
            var mark = failure is null ? string.Empty : $"failed {failure} {seconds}";
            await redis.AskAsync(Leave, [TurnOf(key)], _process, mark, _failureLife);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_renewing is { } renewing)
        {
            await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private void StartRenewing()
    {
        if (_renewing is null)
        {
            lock (_lock)
            {
                _renewing ??= RenewAsync();
            }
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_renewal, clock);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            foreach (var keys in _held.Keys.Select(key => (RedisKey)TurnOf(key)).Chunk(500))
            {
                await redis.AskAsync(Extend, keys, _process, _turnLife);
            }
        }
    }

    private static Turn? ParseFailure(string holder)
    {
        var parts = holder.Split(' ');
        return parts is ["failed", var failure, var seconds] && Enum.TryParse<AniListFailure>(failure, out var known)
            ? new(
                false,
                known,
                int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wait)
                    ? TimeSpan.FromSeconds(wait)
                    : null
            )
            : null;
    }

    private string TurnOf(string key) => $"gw:turn:{options.Upstream}:{key}";
}
