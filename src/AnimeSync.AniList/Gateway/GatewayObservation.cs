namespace AnimeSync.AniList.Gateway;

/// <summary>The gateway's state at one moment.</summary>
/// <param name="Breaker">closed, open or half_open.</param>
internal readonly record struct GatewayObservation(
    int Limit,
    double Available,
    bool Degraded,
    int WritesWaiting,
    int ReadsWaiting,
    int BackgroundWaiting,
    string Breaker
);
