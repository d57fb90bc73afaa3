using Microsoft.Extensions.Logging;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Gives every request its turn: asks the budget for a permit while anybody waits, and sends with each permit as much as
/// fits into one request.
/// </summary>
internal sealed partial class Dispatcher(
    GatewayOptions options,
    RequestQueue queue,
    RequestBudget budget,
    AniListBreaker breaker,
    Upstream upstream,
    Conclusion conclusion,
    GatewayMetrics metrics,
    TimeProvider clock,
    ILogger<Dispatcher> logger
) : IAsyncDisposable
{
    private static readonly TimeSpan _unavailable = TimeSpan.FromSeconds(30);

    // How late a waiter whose patience has ended is told.
    private static readonly TimeSpan _sweep = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task? _loop;

    public GatewayObservation Observation =>
        new(
            budget.State.Limit,
            budget.State.Available,
            budget.State.IsDegraded,
            queue.Waiting(Lane.Writes),
            queue.Waiting(Lane.Reads),
            queue.Waiting(Lane.Background),
            breaker.State switch
            {
                BreakerState.Closed => "closed",
                BreakerState.Open => "open",
                _ => "half_open",
            }
        );

    /// <summary>Waits for a turn and then for AniList. Never throws for what AniList or the budget does.</summary>
    /// <param name="cancellationToken">Gives up the turn; a request that was sent goes on.</param>
    public async Task<GatewayAnswer> SendAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        if (!breaker.IsPassable(out var reason, out var retryIn))
        {
            return GatewayAnswer.Failed(reason, retryIn);
        }

        ticket.ExpiresAt = After(options.LongestWait(ticket.Lane));
        if (!ticket.WaitsForCompanions && queue.IsEmpty && budget.TryTake(ticket.Lane))
        {
            metrics.Waited(LaneName.Of(ticket.Lane), TimeSpan.Zero);
            await SendAsync(new Batch(ticket), ticket.Lane);
        }
        else if (!TryQueue(ticket, out var refusedFor))
        {
            metrics.Refused(LaneName.Of(ticket.Lane));
            return GatewayAnswer.Failed(AniListFailure.RateLimited, refusedFor);
        }

        if (ticket.Answer.IsCompleted)
        {
            return await ticket.Answer;
        }

        await using var abandoned = cancellationToken.UnsafeRegister(
            static state => ((Action)state!)(),
            () =>
            {
                if (queue.Remove(ticket))
                {
                    ticket.Complete(GatewayAnswer.Failed(AniListFailure.RateLimited));
                }
            }
        );
        return await ticket.Answer;
    }

    public ValueTask ReportAsync(AniListRateLimit rateLimit, AniListFailure? failure)
    {
        breaker.Report(failure);
        return budget.ReportAsync(rateLimit, failure == AniListFailure.RateLimited);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_loop is { } loop)
        {
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Complete(queue.TakeExpired(long.MaxValue), GatewayAnswer.Failed(AniListFailure.Unreachable, _unavailable));
        _stop.Dispose();
    }

    private bool TryQueue(Ticket ticket, out TimeSpan refusedFor)
    {
        ticket.Prepare();
        if (ticket.WaitsForCompanions && ticket.Parts is not null)
        {
            ticket.RipeAt = After(options.Companions);
        }

        if (!queue.TryAdd(ticket, budget.State, out refusedFor))
        {
            return false;
        }

        StartLoop();
        return true;
    }

    private void StartLoop()
    {
        if (_loop is null)
        {
            lock (_lock)
            {
                _loop ??= Task.Run(LoopAsync);
            }
        }
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, _stop.Token);
            }
        }
    }

    private async Task StepAsync()
    {
        var changed = queue.Changed;
        // While everybody is to keep away, whoever cannot wait that long need not wait at all.
        Complete(
            queue.TakeExpired(After(budget.State.FrozenFor)),
            GatewayAnswer.Failed(AniListFailure.RateLimited, budget.State.NextPermitIn)
        );
        var demand = queue.Demand(out var ripensIn);
        if (demand == default)
        {
            if (queue.IsEmpty)
            {
                await budget.ReleaseDemandAsync();
            }

            await WaitAsync(changed, ripensIn);
            return;
        }

        if (!breaker.IsPassable(out var reason, out var retryIn))
        {
            Complete(queue.TakeExpired(long.MaxValue), GatewayAnswer.Failed(reason, retryIn));
            return;
        }

        var answer = await budget.TakeAsync(demand, _stop.Token);
        if (answer.Granted is not { } lane)
        {
            await WaitForPermitAsync(demand, changed, answer.RetryIn);
        }
        else if (queue.Take(lane) is { } batch)
        {
            foreach (var ticket in batch.Tickets)
            {
                metrics.Waited(LaneName.Of(ticket.Lane), clock.GetElapsedTime(ticket.EnteredAt));
            }

            _ = SendAsync(batch, lane);
        }
    }

    /// <summary>While permits are short, only a lane in which nobody waited can change who goes next.</summary>
    private async Task WaitForPermitAsync(LaneDemand asked, Task changed, TimeSpan atMost)
    {
        var until = After(atMost < _sweep ? atMost : _sweep);
        // One look at the clock: a second one may be past it, and a delay of less than nothing can be one without end.
        while (clock.GetElapsedTime(clock.GetTimestamp(), until) is var left && left > TimeSpan.Zero)
        {
            await WaitAsync(changed, left);
            changed = queue.Changed;
            var now = queue.Demand(out _);
            if (
                (asked.Writes == 0 && now.Writes > 0)
                || (asked.Reads == 0 && now.Reads > 0)
                || (asked.Background == 0 && now.Background > 0)
            )
            {
                return;
            }
        }
    }

    private async Task WaitAsync(Task changed, TimeSpan atMost)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var delay = Task.Delay(atMost, clock, stop.Token);
        await Task.WhenAny(changed, delay);
        await stop.CancelAsync();
        _stop.Token.ThrowIfCancellationRequested();
    }

    private async Task SendAsync(Batch batch, Lane lane)
    {
        try
        {
            if (!breaker.TryEnter(out var reason, out var retryIn))
            {
                Complete(batch.Tickets, GatewayAnswer.Failed(reason, retryIn));
            }
            else if (batch.Tickets is [{ IsPermitOnly: true } permit])
            {
                permit.Complete(GatewayAnswer.Live([]));
            }
            else
            {
                await AskAsync(batch, lane);
            }
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
            Complete(batch.Tickets, GatewayAnswer.Failed(AniListFailure.Broken));
        }
    }

    private async Task AskAsync(Batch batch, Lane lane)
    {
        var document = batch.Tickets is [_] ? null : new FoldedDocument(batch);
        var first = batch.Tickets[0];
        var token = first.Token;
        DirectRequestBody? body = new(document?.Body ?? first.Body);
        if (first.WriteBody is { } write && (body = await write()) is null)
        {
            breaker.Leave();
            first.Complete(GatewayAnswer.Withdrawn());
            return;
        }

        var answer = await upstream.SendAsync(body.Value, token, lane, batch.Tickets);
        if (answer.Failure == AniListFailure.InvalidToken && token is not null)
        {
            // The others of this user would only be told the same.
            Complete(queue.TakeOf(token), GatewayAnswer.Failed(AniListFailure.InvalidToken));
        }

        conclusion.Draw(batch, document, answer);
        if (!queue.IsEmpty)
        {
            StartLoop();
        }
    }

    private long After(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);

    private static void Complete(IReadOnlyList<Ticket> tickets, GatewayAnswer answer)
    {
        foreach (var ticket in tickets)
        {
            ticket.Complete(answer);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A turn at AniList failed unexpectedly.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
