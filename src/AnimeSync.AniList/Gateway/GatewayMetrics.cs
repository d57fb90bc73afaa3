using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace AnimeSync.AniList.Gateway;

/// <summary>The gateway seen from outside: counts and times by lane and outcome, never by user, title or query.</summary>
internal sealed class GatewayMetrics
{
    public const string Meter = "AnimeSync.AniList";

    private static readonly string[] _breakerStates = ["closed", "open", "half_open"];
    private static readonly FrozenDictionary<AniListFailure, string> _outcomes = Enum.GetValues<AniListFailure>()
        .ToFrozenDictionary(
            failure => failure,
            failure => JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString())
        );

    // AniList answers in tenths of a second, and a call is given up after half a minute.
    private static readonly InstrumentAdvice<double> _durations = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30],
    };

    // The first boundary is what a read may wait for companions while the budget is free; the last ones are deadlines.
    private static readonly InstrumentAdvice<double> _waits = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.5, 1, 2, 5, 10, 20, 30, 60],
    };
    private static readonly InstrumentAdvice<int> _sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50] };

    private readonly Meter _meter;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _coalesced;
    private readonly Counter<long> _requests;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;
    private readonly Counter<long> _refused;

    public GatewayMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Meter);
        _answers = _meter.CreateCounter<long>("animesync.anilist.answers", "{answer}", "Answers given to callers.");
        _coalesced = _meter.CreateCounter<long>(
            "animesync.anilist.coalesced",
            "{question}",
            "Questions that shared the call of an identical one."
        );
        _requests = _meter.CreateCounter<long>("animesync.anilist.requests", "{request}", "Requests sent to AniList.");
        _batchSize = _meter.CreateHistogram(
            "animesync.anilist.batch.size",
            "{operation}",
            "Operations folded into one request.",
            tags: null,
            _sizes
        );
        _duration = _meter.CreateHistogram(
            "animesync.anilist.request.duration",
            "s",
            "Time from sending a request to its whole answer.",
            tags: null,
            _durations
        );
        _wait = _meter.CreateHistogram(
            "animesync.anilist.lane.wait",
            "s",
            "Time spent waiting for a permit of the budget.",
            tags: null,
            _waits
        );
        _refused = _meter.CreateCounter<long>(
            "animesync.anilist.lane.refused",
            "{question}",
            "Questions refused because their turn would have come too late."
        );
    }

    /// <summary>How a request ended, in the words of the tag: `ok`, or the failure's name in snake case.</summary>
    public static string OutcomeOf(AniListFailure? failure) => failure is { } why ? _outcomes[why] : "ok";

    /// <param name="source">live, cache, stale or refused.</param>
    public void Answered(string source) => _answers.Add(1, Tag("source", source));

    public void Coalesced() => _coalesced.Add(1);

    /// <param name="outcome">As <see cref="OutcomeOf"/> says.</param>
    public void Sent(string lane, string outcome, int operations, TimeSpan duration)
    {
        var tags = new TagList { Tag("lane", lane), Tag("outcome", outcome) };
        _requests.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
        _batchSize.Record(operations, Tag("lane", lane));
    }

    public void Waited(string lane, TimeSpan wait) => _wait.Record(wait.TotalSeconds, Tag("lane", lane));

    public void Refused(string lane) => _refused.Add(1, Tag("lane", lane));

    /// <summary>Called once; the gateway's state is then read whenever somebody looks.</summary>
    public void Observe(Func<GatewayObservation> read)
    {
        Gauge(
            "animesync.anilist.budget.limit",
            "{request}",
            "Requests a minute that all replicas share.",
            now => now.Limit
        );
        Gauge("animesync.anilist.budget.available", "{request}", "Permits left at this moment.", now => now.Available);
        Gauge(
            "animesync.anilist.budget.degraded",
            null,
            "1 while Redis is away and this process keeps to its share of the budget.",
            now => now.Degraded ? 1 : 0
        );
        Gauges(
            "animesync.anilist.lane.depth",
            "{question}",
            "Questions waiting for the budget.",
            now =>
                [
                    new(now.WritesWaiting, Tag("lane", "writes")),
                    new(now.ReadsWaiting, Tag("lane", "reads")),
                    new(now.BackgroundWaiting, Tag("lane", "background")),
                ]
        );
        Gauges(
            "animesync.anilist.breaker",
            null,
            "1 for the state the breaker is in, 0 for the others.",
            now =>
                _breakerStates.Select(state => new Measurement<int>(now.Breaker == state ? 1 : 0, Tag("state", state)))
        );

        void Gauge(string name, string? unit, string description, Func<GatewayObservation, double> value) =>
            _meter.CreateObservableGauge(name, () => value(read()), unit, description);

        void Gauges(
            string name,
            string? unit,
            string description,
            Func<GatewayObservation, IEnumerable<Measurement<int>>> values
        ) => _meter.CreateObservableGauge(name, () => values(read()), unit, description);
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
