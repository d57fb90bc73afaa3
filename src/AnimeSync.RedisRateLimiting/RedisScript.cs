using StackExchange.Redis;

namespace RedisRateLimiting;

/// <summary>One atomic script over one key or several. Its clock is the server's, so the clocks of processes do not matter.</summary>
internal sealed class RedisScript(string body)
{
    // A key of another type, left by other software or another version, is worth less than the limit it would break.
    private const string Prelude = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local key = KEYS[1]
        local permits = tonumber(ARGV[1])
        local function read(...)
          local value = redis.pcall(...)
          if type(value) == 'table' and value.err then
            if not string.find(value.err, 'WRONGTYPE', 1, true) then error(value) end
            redis.call('DEL', key)
            value = false
          end
          return value
        end
        local function expiry(microseconds)
          return string.format('%.0f', math.ceil(microseconds / 1000) + 1)
        end

        """;

    private readonly string _text = Prelude + body;

    /// <returns>One verdict for each key.</returns>
    public async Task<Verdict[]> RunAsync(IDatabaseAsync database, RedisKey[] keys, RedisValue[] arguments) =>
        Verdict.Parse(await database.ScriptEvaluateAsync(_text, keys, arguments));
}
