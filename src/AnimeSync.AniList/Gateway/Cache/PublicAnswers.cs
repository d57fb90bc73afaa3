using System.Net;
using AnimeSync.AniList.Operations;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Answers that are the same for everybody: in this process's memory, bounded, and in Redis, where every process finds
/// them. Without Redis, or while it is away, the memory alone serves.
/// </summary>
internal sealed class PublicAnswers : IDisposable
{
    // What the entry and its key cost besides the body.
    private const int Overhead = 1024;

    // Fifty titles take a fiftieth of it. What is larger each process asks for by itself.
    private const int LargestShared = 1024 * 1024;

    private readonly MemoryCache _memory;
    private readonly FusionCache _cache;
    private readonly FusionCacheEntryOptions _read;
    private readonly FusionCacheEntryOptions _readShared;
    private readonly TimeProvider _clock;

    public PublicAnswers(GatewayOptions options, TimeProvider clock, ILogger<FusionCache> logger)
    {
        _clock = clock;
        _memory = new(new MemoryCacheOptions { SizeLimit = options.MemoryBytes, CompactionPercentage = 0.2 });
        _cache = new(
            new FusionCacheOptions
            {
                CacheKeyPrefix = $"anilist:{options.Upstream}:",
                DisableTagging = true,
                // What Redis missed will be asked for again; remembering it would cost memory while Redis is away.
                EnableAutoRecovery = false,
                DistributedCacheCircuitBreakerDuration = TimeSpan.FromSeconds(1),
                // One line when limits lose Redis says it already.
                DistributedCacheErrorsLogLevel = LogLevel.Debug,
                DistributedCacheSyntheticTimeoutsLogLevel = LogLevel.Debug,
            },
            _memory,
            logger
        );
        _cache.DefaultEntryOptions.DistributedCacheHardTimeout = TimeSpan.FromMilliseconds(500);
        _read = _cache.CreateEntryOptions();
        _readShared = _cache.CreateEntryOptions(entry => entry.SkipMemoryCacheRead = true);
        if (options.Redis is { } redis)
        {
            IsShared = true;
            _cache.SetupSerializer(new CachedAnswerSerializer());
            _cache.SetupDistributedCache(
                new RedisCache(new RedisCacheOptions { ConnectionMultiplexerFactory = redis, InstanceName = "gw:" })
            );
        }
    }

    /// <summary>Whether other processes see what is stored here.</summary>
    public bool IsShared { get; }

    public static long SizeOf(CachedAnswer answer) => answer.Body.Length + Overhead;

    public async ValueTask<CachedAnswer?> FindAsync(string key, CancellationToken cancellationToken) =>
        (await _cache.TryGetAsync<CachedAnswer?>(key, _read, cancellationToken)).GetValueOrDefault(null);

    /// <summary>Past this process's memory, for what another process may have stored a moment ago.</summary>
    public async ValueTask<CachedAnswer?> FindSharedAsync(string key, CancellationToken cancellationToken) =>
        IsShared
            ? (await _cache.TryGetAsync<CachedAnswer?>(key, _readShared, cancellationToken)).GetValueOrDefault(null)
            : null;

    public async ValueTask<CachedAnswer> StoreAsync(string key, AnswerKind kind, HttpStatusCode status, byte[] body)
    {
        var now = _clock.GetUtcNow();
        var lifetime = AnswerLifetime.For(kind, status, body);
        var answer = new CachedAnswer(body, status, now, now + lifetime.Fresh, now + lifetime.Fresh + lifetime.Stale);
        await _cache.SetAsync(
            key,
            answer,
            entry =>
                entry
                    .SetDuration(lifetime.Fresh + lifetime.Kept)
                    .SetSize(SizeOf(answer))
                    .SetSkipDistributedCache(body.Length > LargestShared, skipBackplaneNotifications: true),
            token: CancellationToken.None
        );
        return answer;
    }

    public void Dispose()
    {
        _cache.Dispose();
        _memory.Dispose();
    }
}
