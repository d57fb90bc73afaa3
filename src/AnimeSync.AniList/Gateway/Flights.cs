using System.Collections.Concurrent;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Questions under way in this process: whoever asks the same one meanwhile shares its answer, or its failure. One who
/// goes away leaves the others alone; when all have gone the question is given up, unless it was asked already: then
/// whoever comes while it is under way gets its answer.
/// </summary>
internal sealed class Flights<TKey>(GatewayMetrics metrics)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Flight> _flights = new();

    public async Task<GatewayAnswer> JoinAsync(
        TKey key,
        Func<CancellationToken, Task<GatewayAnswer>> ask,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (_flights.TryGetValue(key, out var flight) && flight.TryBoard())
            {
                if (await flight.RideAsync(cancellationToken) is { } answer)
                {
                    metrics.Coalesced();
                    return answer;
                }

                continue;
            }

            // Given up, it would stand in the way for as long as its request is under way.
            if (flight is not null)
            {
                _flights.TryRemove(KeyValuePair.Create(key, flight));
            }

            flight = new Flight();
            if (_flights.TryAdd(key, flight))
            {
                _ = FlyAsync(key, flight, ask);
                if (await flight.RideAsync(cancellationToken) is { } answer)
                {
                    return answer;
                }

                continue;
            }

            // Another one has taken off just now.
            await Task.Yield();
        }
    }

    /// <summary>Whoever comes from now on gets an answer of their own.</summary>
    public void Forget(Func<TKey, bool> which)
    {
        foreach (var flight in _flights.Where(flight => which(flight.Key)))
        {
            _flights.TryRemove(flight);
        }
    }

    private async Task FlyAsync(TKey key, Flight flight, Func<CancellationToken, Task<GatewayAnswer>> ask)
    {
        try
        {
            var answer = await ask(flight.GivenUp);
            _flights.TryRemove(KeyValuePair.Create(key, flight));
            flight.Land(answer);
        }
        catch (Exception exception)
        {
            _flights.TryRemove(KeyValuePair.Create(key, flight));
            flight.Crash(exception);
        }
    }

#pragma warning disable CA1001 // The source has no timer and no wait handle: nothing to dispose of.
    private sealed class Flight
#pragma warning restore CA1001
    {
        // Passengers go on where the answer came in: a hop to another thread costs a lone one more than all the rest here.
        private readonly TaskCompletionSource<GatewayAnswer?> _landing = new();
        private readonly CancellationTokenSource _givenUp = new();
        private readonly Lock _lock = new();
        private int _passengers = 1;
        private bool _isOver;

        public CancellationToken GivenUp => _givenUp.Token;

        public bool TryBoard()
        {
            lock (_lock)
            {
                _passengers += _isOver ? 0 : 1;
                return !_isOver;
            }
        }

        /// <returns>Null when it had been given up before the passenger came: nobody asked AniList.</returns>
        public async Task<GatewayAnswer?> RideAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await _landing.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Leave();
            }
        }

        public void Land(GatewayAnswer answer)
        {
            int passengers;
            lock (_lock)
            {
                _isOver = true;
                passengers = _passengers;
            }

            if (answer.StatusCode is null && _givenUp.IsCancellationRequested)
            {
                _landing.SetResult(null);
                return;
            }

            _landing.SetResult(passengers == 1 ? answer : answer.ToShared());
        }

        public void Crash(Exception exception)
        {
            lock (_lock)
            {
                _isOver = true;
            }

            if (exception is OperationCanceledException && _givenUp.IsCancellationRequested)
            {
                _landing.SetResult(null);
                return;
            }

            _landing.SetException(exception);
            // Nobody may be left to see it.
            _ = _landing.Task.Exception;
        }

        private void Leave()
        {
            bool isGivenUp;
            lock (_lock)
            {
                isGivenUp = --_passengers == 0 && !_isOver;
            }

            if (isGivenUp)
            {
                _givenUp.Cancel();
            }
        }
    }
}
