using static AnimeSync.AniList.Gateway.BudgetRules;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Shares permits among the lanes that wait: whose virtual time is smallest is next, and a permit costs time in
/// inverse proportion to the lane's weight. A lane that waits for nothing saves nothing up.
/// </summary>
internal sealed class LaneTurns
{
    private const int Lanes = 3;

    private readonly long[] _turns = new long[Lanes];
    private readonly int[] _users = new int[Lanes];
    private long _liveUntil;
    private long _clock;

    public void Register(LaneDemand demand, long now)
    {
        Forget(now);
        var floor = Floor;
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (demand[lane] > 0 && _users[lane] == 0)
            {
                _turns[lane] = Math.Max(_turns[lane], floor);
            }
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            _users[lane] = demand[lane];
        }

        _liveUntil = now + DemandLife;
    }

    /// <summary>Null when no lane waits.</summary>
    public Lane? Next() => Lowest() is var lane and >= 0 ? (Lane)lane : null;

    /// <summary>Whether this lane, which has not registered, is before all that have.</summary>
    public bool IsNext(Lane lane, long now)
    {
        Forget(now);
        var lowest = Lowest();
        if (lowest < 0 || lowest == (int)lane)
        {
            return true;
        }

        var turn = _users[(int)lane] > 0 ? _turns[(int)lane] : Math.Max(_turns[(int)lane], _turns[lowest]);
        return turn < _turns[lowest] || (turn == _turns[lowest] && (int)lane < lowest);
    }

    public void Serve(Lane lane)
    {
        ref var turn = ref _turns[(int)lane];
        turn = _users[(int)lane] > 0 ? turn : Math.Max(turn, Floor);
        _clock = Math.Max(_clock, turn);
        turn += Strides[(int)lane];
        _users[(int)lane] = Math.Max(0, _users[(int)lane] - 1);
    }

    private long Floor => Lowest() is var lane and >= 0 ? _turns[lane] : _clock;

    private void Forget(long now)
    {
        if (_liveUntil <= now && _liveUntil > 0)
        {
            Array.Clear(_users);
            _liveUntil = 0;
        }
    }

    private int Lowest()
    {
        var lowest = -1;
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (_users[lane] > 0 && (lowest < 0 || _turns[lane] < _turns[lowest]))
            {
                lowest = lane;
            }
        }

        return lowest;
    }
}
