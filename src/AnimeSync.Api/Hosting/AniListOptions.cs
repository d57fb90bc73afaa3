using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Limits;

namespace AnimeSync.Api.Hosting;

/// <summary>Where AniList is and who we are to it.</summary>
/// <param name="BaseUrl">What the browser visits.</param>
/// <param name="GraphQLUrl">What the server calls.</param>
/// <param name="Referer">Truthful: this service's own address. AniList refuses many callers that send none.</param>
internal sealed record AniListOptions(
    string ClientId,
    string ClientSecret,
    Uri RedirectUri,
    Uri BaseUrl,
    Uri TokenUrl,
    Uri GraphQLUrl,
    Uri Referer,
    string UserAgent
)
{
    /// <summary>Requests a minute until AniList's header tells otherwise.</summary>
    public int RequestsPerMinute { get; private init; }

    /// <summary>Requests at once.</summary>
    public int Burst { get; private init; }

    public GatewayOptions GatewayFor(LimitOptions limits, RedisConnection redis) =>
        new()
        {
            Upstream = GraphQLUrl.Authority,
            Redis = limits.Redis is null ? null : redis.ConnectAsync,
            RequestsPerMinute = RequestsPerMinute,
            Burst = Burst,
            Processes = limits.Processes,
        };

    public static AniListOptions Read(Settings settings, ServiceOptions service)
    {
        var baseUrl = settings.Address("ANILIST_BASE_URL", new("https://anilist.co"));
        var options = new AniListOptions(
            settings.Required("ANILIST_CLIENT_ID"),
            settings.RequiredSecret("ANILIST_CLIENT_SECRET"),
            settings.Address("ANILIST_REDIRECT_URI", new($"{service.PublicUrl}/auth/callback")),
            baseUrl,
            settings.Address("ANILIST_TOKEN_URL", new(baseUrl, "/api/v2/oauth/token")),
            settings.Address("ANILIST_GRAPHQL_URL", new("https://graphql.anilist.co")),
            settings.Address("ANILIST_REFERER", new(service.PublicUrl)),
            settings.Text("ANILIST_USER_AGENT", $"AnimeSync/{Release.Version} (+{service.PublicUrl})")
        )
        {
            // AniList documents 90, but has served 30 since it became degraded (docs, rate limiting).
            RequestsPerMinute = settings.Number("ANILIST_REQUESTS_PER_MINUTE", 30, 1, 1_000_000_000),
            Burst = settings.Number("ANILIST_BURST", 4, 1, 1_000_000_000),
        };
        if (!service.IsDevelopment && !service.AllowInsecureHttp)
        {
            RequireHttps(settings, "ANILIST_BASE_URL", options.BaseUrl);
            RequireHttps(settings, "ANILIST_TOKEN_URL", options.TokenUrl);
            RequireHttps(settings, "ANILIST_GRAPHQL_URL", options.GraphQLUrl);
        }

        return options;
    }

    private static void RequireHttps(Settings settings, string name, Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            settings.Refuse(name, "must be https in Production, unless ALLOW_INSECURE_HTTP is true");
        }
    }
}
