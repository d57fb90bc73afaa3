namespace AnimeSync.AniList.Gateway;

/// <summary>Distinct users of this process that wait in each lane right now.</summary>
public readonly record struct LaneDemand(int Writes, int Reads, int Background)
{
    internal int this[int lane] =>
        lane switch
        {
            0 => Writes,
            1 => Reads,
            _ => Background,
        };
}
