using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>Asks Redis what is nice to know: no answer is an answer too, and so is having no Redis.</summary>
internal sealed class RedisQuestions(GatewayOptions options, TimeProvider clock)
{
    // Long enough for a busy machine: a Redis that is merely late is not away.
    private static readonly TimeSpan _cap = TimeSpan.FromMilliseconds(500);

    private readonly RedisCircuit? _circuit = options.Redis is { } connect ? new(connect, _cap, clock) : null;

    public bool IsConfigured => _circuit is not null;

    /// <returns>Null without Redis, or when it did not answer.</returns>
    public ValueTask<RedisResult?> AskAsync(string script, RedisKey[] keys, params RedisValue[] arguments) =>
        _circuit is null
            ? default
            : _circuit.AskAsync(database => database.ScriptEvaluateAsync(script, keys, arguments));
}
