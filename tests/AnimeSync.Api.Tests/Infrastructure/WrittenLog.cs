using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.Infrastructure;

/// <summary>What a service logs, from a level on: one line for each message and its exception.</summary>
internal sealed class WrittenLog(LogLevel least) : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsEnabled(logLevel))
        {
            Lines.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());
        }
    }

    public void Dispose() { }
}
