namespace AnimeSync.Api.Tests.Http;

internal static class EdgeSettings
{
    /// <summary>What Production asks for: https, spoken by a proxy on 127.0.0.9.</summary>
    public static Dictionary<string, string?> Https =>
        new()
        {
            ["PUBLIC_URL"] = "https://anime.example",
            ["TRUSTED_PROXIES"] = "127.0.0.9",
            ["CORS_ORIGINS"] = "https://app.anime.example",
            ["AUTH_REDIRECT_URIS"] = "animesync-spa=https://app.anime.example/callback",
        };
}
