using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AnimeSync.AniList.Gateway;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.AniList.Tests.Gateway;

/// <summary>Everything that one instance of the gateway's meter measures, written as `name{tag=value} number`.</summary>
internal sealed class Readings : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _seen = new();

    public Readings()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        Metrics = new(meters);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public GatewayMetrics Metrics { get; }

    public List<Instrument> Instruments { get; } = [];

    public IEnumerable<string> Seen => _seen;

    public IReadOnlyList<string> Look()
    {
        _seen.Clear();
        _listener.RecordObservableInstruments();
        return [.. _seen];
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var words = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}");
        _seen.Enqueue($"{instrument.Name}{{{string.Join(',', words)}}} {value}");
    }
}
