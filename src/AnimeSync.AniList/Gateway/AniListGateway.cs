using System.Net;
using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// The only way to AniList. Answers from the cache when it may, asks once when many ask, asks for many at once, and
/// keeps to one budget that all processes share.
/// </summary>
public sealed class AniListGateway
{
    private readonly PublicAnswers _public;
    private readonly CallerAnswers _caller;
    private readonly ReplicaTurns _turns;
    private readonly Dispatcher _dispatcher;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly DirectRequests _direct;
    private readonly Flights<string> _publicFlights;
    private readonly Flights<(Guid Asker, OperationKey Key, string? Place)> _callerFlights;

    internal AniListGateway(
        PublicAnswers publicAnswers,
        CallerAnswers callerAnswers,
        ReplicaTurns turns,
        Dispatcher dispatcher,
        GatewayMetrics metrics,
        TimeProvider clock
    )
    {
        (_public, _caller, _turns, _dispatcher) = (publicAnswers, callerAnswers, turns, dispatcher);
        (_metrics, _clock) = (metrics, clock);
        _direct = new(dispatcher, metrics, clock);
        _publicFlights = new(metrics);
        _callerFlights = new(metrics);
    }

    /// <summary>Answers a question; what goes wrong is told, never thrown. The caller disposes the answer.</summary>
    public async Task<GatewayAnswer> AskAsync(GatewayQuestion question, CancellationToken cancellationToken)
    {
        using var activity = GatewayTracing.StartQuestion();
        var operation = question.Operation;
        var answer =
            operation.IsMutation ? await ChangeAsync(question.Asker, () => AskOnceAsync(question, cancellationToken))
            : operation.HasSideEffects ? await AskOnceAsync(question, cancellationToken)
            : operation.IsPublic ? await AskPubliclyAsync(question, cancellationToken)
            : await AskAsCallerAsync(question, cancellationToken);
        var source =
            answer.StatusCode is null ? "refused"
            : answer.Source == AnswerSource.Live ? "live"
            : answer.Source == AnswerSource.Cache ? "cache"
            : "stale";
        activity.Answered(source);
        _metrics.Answered(source);
        return answer;
    }

    /// <summary>Answers a request of the service's own; what AniList does is told, never thrown. The caller disposes the answer.</summary>
    /// <returns>Null when there was nothing left to send.</returns>
    public Task<GatewayAnswer?> SendAsync(DirectRequest request, CancellationToken cancellationToken) =>
        request.IsChange
            ? ChangeAsync(request.Asker, () => _direct.SendAsync(request, cancellationToken))
            : _direct.SendAsync(request, cancellationToken);

    /// <summary>
    /// Waits for a permit, for a request that somebody else sends: <paramref name="lane"/> and patience as for any other.
    /// </summary>
    /// <returns>Null when it may be sent; then <see cref="ReportAsync"/> must follow.</returns>
    public async Task<GatewayAnswer?> TakeTurnAsync(Lane lane, CancellationToken cancellationToken)
    {
        var ticket = new Ticket(lane, Guid.NewGuid(), default, null, null, _clock.GetTimestamp())
        {
            IsPermitOnly = true,
        };
        var answer = await _dispatcher.SendAsync(ticket, cancellationToken);
        return answer.Failure is null ? null : answer;
    }

    /// <summary>Tells what came of a request that was sent with a turn of its own.</summary>
    public ValueTask ReportAsync(AniListRateLimit rateLimit, AniListFailure? failure) =>
        _dispatcher.ReportAsync(rateLimit, failure);

    /// <summary>Call after every change of a user's data at AniList that did not come through here.</summary>
    public ValueTask ForgetCallerAsync(Guid user)
    {
        _callerFlights.Forget(flight => flight.Asker == user);
        return _caller.RenewAsync(user);
    }

    /// <summary>Call when a user's account is gone.</summary>
    public ValueTask EraseCallerAsync(Guid user) => _caller.EraseAsync(user);

    private async Task<GatewayAnswer> AskPubliclyAsync(GatewayQuestion question, CancellationToken cancellationToken)
    {
        var key = question.Operation.Key.ToString();
        var kept = await _public.FindAsync(key, cancellationToken);
        var now = _clock.GetUtcNow();
        if (kept is not null && now < kept.FreshUntil)
        {
            return GatewayAnswer.Kept(kept, AnswerSource.Cache, now);
        }

        return await AskPubliclyAsync(question, key, kept, now, cancellationToken);
    }

    /// <summary>Apart from the look into the cache, whose every answer would pay for what only these need.</summary>
    private async Task<GatewayAnswer> AskPubliclyAsync(
        GatewayQuestion question,
        string key,
        CachedAnswer? kept,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (kept is not null && now < kept.StaleUntil)
        {
            if (kept.TryClaimRefresh(now))
            {
                _ = _publicFlights.JoinAsync(
                    key,
                    givenUp => FetchAsync(question, key, Lane.Background, givenUp),
                    CancellationToken.None
                );
            }

            return GatewayAnswer.Kept(kept, AnswerSource.Stale, now);
        }

        var answer = await _publicFlights.JoinAsync(
            key,
            givenUp => FetchAsync(question, key, Lane.Reads, givenUp),
            cancellationToken
        );
        // An old answer is better than none, but not than AniList's word that there is nothing any more.
        return
            kept is { Failure: null }
            && answer.Failure is not (null or AniListFailure.NotFound or AniListFailure.Private)
            ? GatewayAnswer.Kept(kept, AnswerSource.Stale, now)
            : answer;
    }

    private async Task<GatewayAnswer> FetchAsync(
        GatewayQuestion question,
        string key,
        Lane lane,
        CancellationToken givenUp
    )
    {
        CachedAnswer? others = null;
        if (_public.IsShared)
        {
            var turn = await _turns.EnterAsync(
                key,
                async () => (others = await FindOthersAsync()) is not null,
                givenUp
            );
            if (!turn.IsMine && turn.Failure is { } failure)
            {
                return GatewayAnswer.Failed(failure, turn.RetryAfter);
            }
        }

        AniListFailure? failed = null;
        TimeSpan? retryAfter = null;
        try
        {
            // Another process may have finished between the look into the cache and the turn.
            others ??= await FindOthersAsync();
            if (others is not null)
            {
                return GatewayAnswer.Kept(others, AnswerSource.Cache, _clock.GetUtcNow());
            }

            // Without any token: should the list of what is public ever be wrong, the answer is empty and nobody's.
            var ticket = TicketFor(question, lane, token: null, waitsForCompanions: true);
            using var answer = await _dispatcher.SendAsync(ticket, givenUp);
            // That nobody here waits any more is no news for those who wait elsewhere: one of them goes on.
            var isGivenUp = answer.StatusCode is null && givenUp.IsCancellationRequested;
            (failed, retryAfter) = (answer.Body.IsEmpty && !isGivenUp ? answer.Failure : null, answer.RetryAfter);
            var shared = answer.ToShared();
            // The status is what tells a kept refusal from kept data.
            if (
                shared is { Failure: null } or { Failure: AniListFailure.NotFound, StatusCode: HttpStatusCode.NotFound }
            )
            {
                await _public.StoreAsync(key, question.Operation.Kind, shared.StatusCode!.Value, shared.ToBytes());
            }

            return shared;
        }
        finally
        {
            await _turns.LeaveAsync(key, failed, retryAfter);
        }

        async ValueTask<CachedAnswer?> FindOthersAsync() =>
            await _public.FindSharedAsync(key, givenUp) is { } found && _clock.GetUtcNow() < found.FreshUntil
                ? found
                : null;
    }

    private async Task<GatewayAnswer> AskAsCallerAsync(GatewayQuestion question, CancellationToken cancellationToken)
    {
        var found = await _caller.FindAsync(question.Asker, question.Operation.Key);
        if (found.Body is { } body)
        {
            return GatewayAnswer.KeptForCaller(body, found.Age);
        }

        if (found.Place is null && _caller.IsShared)
        {
            // Another process may have changed what a call under way here has read already.
            return await AskOnceAsync(question, cancellationToken);
        }

        return await _callerFlights.JoinAsync(
            (question.Asker, question.Operation.Key, found.Place),
            async givenUp =>
            {
                var answer = await AskOnceAsync(question, givenUp);
                if (found.Place is { } place && answer.Failure is null)
                {
                    await _caller.StoreAsync(place, answer.Body);
                }

                return answer;
            },
            cancellationToken
        );
    }

    private async Task<T> ChangeAsync<T>(Guid user, Func<Task<T>> change)
    {
        // Before and after: a read that overlaps the change may have seen either side of it.
        await ForgetCallerAsync(user);
        try
        {
            return await change();
        }
        finally
        {
            await ForgetCallerAsync(user);
        }
    }

    private async Task<GatewayAnswer> AskOnceAsync(GatewayQuestion question, CancellationToken cancellationToken)
    {
        if (await question.OpenToken(cancellationToken) is not { } token)
        {
            return GatewayAnswer.Failed(AniListFailure.InvalidToken);
        }

        var lane = question.Operation.IsMutation ? Lane.Writes : Lane.Reads;
        return await _dispatcher.SendAsync(TicketFor(question, lane, token), cancellationToken);
    }

    private Ticket TicketFor(GatewayQuestion question, Lane lane, string? token, bool waitsForCompanions = false) =>
        new(
            lane,
            question.Asker,
            question.Body,
            token,
            waitsForCompanions || question.Operation.IsMutation ? question.Fold : null,
            _clock.GetTimestamp()
        )
        {
            IsOnceOnly = question.Operation is { HasSideEffects: true, IsMutation: false },
            IsMutation = question.Operation.IsMutation,
            IsAbsenceEnough = question.IsAbsenceEnough,
            WaitsForCompanions = waitsForCompanions,
        };
}
