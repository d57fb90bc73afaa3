using System.Diagnostics.Metrics;
using AnimeSync.Api.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RedisRateLimiting;
using StackExchange.Redis;

namespace AnimeSync.Api.Limits;

/// <summary>
/// Knows whether limits are counted in Redis or, because Redis does not answer, by each process for itself; asks once
/// a second so that this is known, and mended, without a request having to wait for it.
/// </summary>
internal sealed partial class RedisHealth : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly LimitOptions _options;
    private readonly RedisConnection _connection;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisHealth> _logger;
    private readonly Meter _meter;

    public RedisHealth(
        LimitOptions options,
        RedisConnection connection,
        TimeProvider clock,
        IMeterFactory meters,
        ILogger<RedisHealth> logger
    )
    {
        (_options, _connection, _clock, _logger) = (options, connection, clock, logger);
        Circuit = options.Redis is null
            ? RedisCircuit.InProcess(clock)
            : new(connection.ConnectAsync, clock) { Cap = options.RedisCap, Changed = OnChanged };
        _meter = meters.Create("AnimeSync.Limits");
        _meter.CreateObservableGauge("animesync.redis.degraded", () => IsDegraded ? 1 : 0);
    }

    public RedisCircuit Circuit { get; }

    public bool IsDegraded => Circuit.IsOpen;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(IsDegraded ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy());

    /// <summary>Gives a Redis that is there a second to say so, so that the very first request is counted in it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Redis is not null)
        {
            var connecting = _connection.ConnectAsync();
            await Task.WhenAny(connecting, Task.Delay(_interval, TimeProvider.System, cancellationToken));
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Redis is null)
        {
            return;
        }

        await using var probe = new RedisFixedWindowRateLimiter<string>(
            "probe",
            new()
            {
                Circuit = Circuit,
                PermitLimit = int.MaxValue,
                Window = TimeSpan.FromMinutes(1),
            }
        );
        await Rounds.RunAsync(
            _interval,
            _clock,
            async cancellationToken => (await probe.AcquireAsync(1, cancellationToken)).Dispose(),
            failure => Log.Lost(_logger, Code(failure)),
            stoppingToken
        );
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    private void OnChanged(bool isOpen, Exception? reason)
    {
        if (isOpen)
        {
            // The message of a driver's exception can hold an address; its kind says enough.
            var kind = reason is RedisConnectionException failure ? failure.FailureType.ToString() : Code(reason);
            Log.Lost(_logger, kind);
        }
        else
        {
            Log.Found(_logger);
        }
    }

    private static string Code(Exception? reason) =>
        reason is RedisServerException server ? server.Message.Split(' ', 2)[0] : reason?.GetType().Name ?? "unknown";

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "Redis does not answer ({Reason}); until it does, this process grants its share of every limit."
        )]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "Redis answers again; limits are counted there.")]
        public static partial void Found(ILogger logger);
    }
}
