using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AnimeSync.Api.Limits;

/// <summary>Refusals are counted one by one but logged at most once in ten seconds for each limit.</summary>
internal sealed partial class RefusalLog : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Tally> _tallies = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly ILogger<RefusalLog> _logger;
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public RefusalLog(TimeProvider clock, IMeterFactory meters, ILogger<RefusalLog> logger)
    {
        (_clock, _logger) = (clock, logger);
        _meter = meters.Create("AnimeSync.Limits");
        _refused = _meter.CreateCounter<long>("animesync.limits.refused");
    }

    public void Count(string limit)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));
        if (_tallies.GetOrAdd(limit, static _ => new()).TryReport(_clock, out var count))
        {
            Log.Refused(_logger, limit, count);
        }
    }

    public void Dispose() => _meter.Dispose();

    private sealed class Tally
    {
        private readonly Lock _lock = new();
        private long? _reported;
        private long _count;

        public bool TryReport(TimeProvider clock, out long count)
        {
            lock (_lock)
            {
                count = ++_count;
                if (_reported is { } reported && clock.GetElapsedTime(reported) < _interval)
                {
                    return false;
                }

                (_reported, _count) = (clock.GetTimestamp(), 0);
                return true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The limit {Limit} refused {Count} requests since the last such line.")]
        public static partial void Refused(ILogger logger, string limit, long count);
    }
}
