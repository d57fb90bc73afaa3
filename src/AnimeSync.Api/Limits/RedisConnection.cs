using StackExchange.Redis;

namespace AnimeSync.Api.Limits;

/// <summary>The process's one connection to Redis. Connecting begins with the first question; the driver repeats it.</summary>
internal sealed class RedisConnection(LimitOptions options) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task<IConnectionMultiplexer>? _connection;

    public Task<IConnectionMultiplexer> ConnectAsync()
    {
        lock (_lock)
        {
            return _connection is null or { IsFaulted: true } ? _connection = ConnectOnceAsync() : _connection;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsCompletedSuccessfully: true } connection)
        {
            await (await connection).DisposeAsync();
        }
    }

    private async Task<IConnectionMultiplexer> ConnectOnceAsync()
    {
        // The driver does some of its work, name resolution for one, before it first waits.
        await Task.Yield();
        return await ConnectionMultiplexer.ConnectAsync(
            options.Redis ?? throw new InvalidOperationException("REDIS_URL is not set.")
        );
    }
}
