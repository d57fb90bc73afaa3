using AnimeSync.Api.Hosting;
using AnimeSync.Api.Tests.Http;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.Hosting;

public sealed class BackgroundServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_disposed_of_without_being_stopped_is_no_crash()
    {
        using var logs = new WrittenLog(LogLevel.Error);
        var folder = Directory.CreateTempSubdirectory("animesync-dispose-").FullName;
        var redis = Environment.GetEnvironmentVariable("TEST_REDIS_URL");
        var app = EdgeHost.Build(
            "Development",
            new() { ["REDIS_URL"] = redis },
            folder,
            builder => builder.Logging.AddProvider(logs)
        );
        await app.StartAsync(Cancellation);
        var running = app
            .Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Select(service => service.ExecuteTask!)
            .ToList();

        await app.DisposeAsync();
        await Task.WhenAll(running);

        Assert.True(running.Count >= 4);
        Assert.Empty(logs.Lines);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_round_that_fails_is_told_and_the_next_one_comes()
    {
        using var stop = new CancellationTokenSource();
        var failures = new List<Exception>();
        var rounds = 0;

        await Rounds.RunAsync(
            TimeSpan.FromMilliseconds(1),
            TimeProvider.System,
            async token =>
            {
                // The third is broken off by the end, and so is no failure.
                if (++rounds == 3)
                {
                    await stop.CancelAsync();
                    token.ThrowIfCancellationRequested();
                }

                throw rounds == 1 ? new TimeoutException() : new OperationCanceledException();
            },
            failures.Add,
            stop.Token
        );

        Assert.Equal(3, rounds);
        Assert.Equal(
            [typeof(TimeoutException), typeof(OperationCanceledException)],
            failures.Select(failure => failure.GetType())
        );
    }
}
