using System.Collections.Concurrent;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Questions under way in this process: whoever asks the same one meanwhile shares its answer, or its failure. One who
/// goes away leaves the others alone; when all have gone the question is given up.
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
                metrics.Coalesced();
                return await flight.RideAsync(cancellationToken);
            }

            flight = new Flight();
            if (_flights.TryAdd(key, flight))
            {
                _ = FlyAsync(key, flight, ask);
                return await flight.RideAsync(cancellationToken);
            }

            // The other one has landed, or taken off, just now.
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
        private readonly TaskCompletionSource<GatewayAnswer> _landing = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
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

        public async Task<GatewayAnswer> RideAsync(CancellationToken cancellationToken)
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
            bool isShared;
            lock (_lock)
            {
                _isOver = true;
                isShared = _passengers > 1;
            }

            _landing.SetResult(isShared ? answer.ToShared() : answer);
        }

        public void Crash(Exception exception)
        {
            lock (_lock)
            {
                _isOver = true;
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
                _isOver |= isGivenUp;
            }

            if (isGivenUp)
            {
                _givenUp.Cancel();
            }
        }
    }
}
