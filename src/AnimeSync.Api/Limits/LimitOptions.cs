using System.Globalization;
using AnimeSync.Api.Hosting;
using StackExchange.Redis;

namespace AnimeSync.Api.Limits;

/// <summary>How much a caller may ask, and where that is counted.</summary>
/// <param name="Redis">Null means that this process counts for itself.</param>
/// <param name="PerMinute">N: requests per user and minute; every other limit is a multiple of it.</param>
/// <param name="Processes">What a limit is divided by while Redis is away.</param>
internal sealed record LimitOptions(ConfigurationOptions? Redis, int PerMinute, int Processes)
{
    /// <summary>The longest that a request waits for Redis.</summary>
    public TimeSpan RedisCap { get; init; } = TimeSpan.FromMilliseconds(100);

    public static LimitOptions Read(Settings settings, ServiceOptions service) =>
        new(
            settings.OptionalSecret("REDIS_URL") is { } url ? ParseRedis(settings, url) : null,
            settings.Number("RATE_LIMIT_PER_MINUTE", 120, 1, 1_000_000),
            service.Processes
        );

    // Not a Uri: generated passwords hold characters that a Uri would want escaped.
    private static ConfigurationOptions? ParseRedis(Settings settings, string url)
    {
        var (isTls, rest) =
            url.StartsWith("redis://", StringComparison.Ordinal) ? (false, url["redis://".Length..])
            : url.StartsWith("rediss://", StringComparison.Ordinal) ? (true, url["rediss://".Length..])
            : (false, string.Empty);
        var at = rest.LastIndexOf('@');
        var place = rest[(at + 1)..].Split('/');
        var database = 0;
        var isDatabaseValid =
            place is [_] or [_, ""]
            || (
                place is [_, var number]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out database)
            );
        if (!isDatabaseValid || EndPointCollection.TryParse(place[0]) is not { } endPoint)
        {
            settings.Refuse("REDIS_URL", "must look like redis://user:pass@host:6379/0, or rediss:// for TLS");
            return null;
        }

        var credentials = at < 0 ? [] : rest[..at].Split(':', 2);
        return new()
        {
            EndPoints = { endPoint },
            User = credentials is [{ Length: > 0 } user, _] ? Uri.UnescapeDataString(user) : null,
            Password = credentials is [_, var password] ? Uri.UnescapeDataString(password) : null,
            Ssl = isTls,
            DefaultDatabase = database,
            ClientName = "animesync",
            AbortOnConnectFail = false,
            ConnectTimeout = 1000,
            // A connection on which nothing came for four times this long is replaced.
            AsyncTimeout = 500,
            SyncTimeout = 500,
            KeepAlive = 1,
            ConfigCheckSeconds = 2,
            ReconnectRetryPolicy = new LinearRetry(1000),
            // Nothing here is worth waiting for a Redis that is away.
            BacklogPolicy = BacklogPolicy.FailFast,
            IncludeDetailInExceptions = false,
        };
    }
}
