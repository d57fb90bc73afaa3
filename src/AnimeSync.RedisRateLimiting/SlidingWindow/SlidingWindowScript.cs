namespace RedisRateLimiting;

internal static class SlidingWindowScript
{
    /// <summary>Up to so many permits a window's log has an entry of its own for each.</summary>
    public const int MostEntries = 1000;

    // A list of "time sum" for each key: when permits were taken, and how many had been taken by then since the list
    // began. The first entry is the newest that has left the window, so a difference of sums is what the window holds.
    // Several windows all grant or none does.
    public static readonly RedisScript Instance = new(
        """
        local function entry(index)
          local taken, sum = string.match(read('LINDEX', key, index) or '', '^(%d+) (%d+)$')
          return tonumber(taken), tonumber(sum)
        end

        local windows = {}
        local granted = true
        for i = 1, #KEYS do
          key = KEYS[i]
          local permits, limit = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2])
          local window, step = tonumber(ARGV[4 * i - 1]), tonumber(ARGV[4 * i])
          local last, total = entry(-1)
          local _, base = entry(0)
          if not last or not base or last + window <= now or last > now + window then
            -- Empty, or all of it has left, or it is damaged or written by another clock. Deleting what is not there
            -- would already count as a write, after which Redis no longer refuses when full.
            if redis.call('EXISTS', key) == 1 then redis.call('DEL', key) end
            last, total, base = 0, 0, 0
          else
            local taken, sum = entry(1)
            while taken and taken + window <= now do
              redis.call('LPOP', key)
              base = sum
              taken, sum = entry(1)
            end
          end
          local missing = total - base + math.max(permits, 1) - limit
          granted = granted and missing <= 0
          windows[i] = { permits, limit, window, step, last, total, base, missing }
        end

        local answer = {}
        for i = 1, #KEYS do
          key = KEYS[i]
          local permits, limit, window, step, last, total, base, missing = unpack(windows[i])
          local retry = 0
          if granted and permits > 0 then
            local taken = math.max(last, math.ceil(now / step) * step)
            if total == 0 then redis.call('RPUSH', key, '0 0') end
            total = total + permits
            local value = string.format('%.0f %.0f', taken, total)
            if taken == last then redis.call('LSET', key, -1, value) else redis.call('RPUSH', key, value) end
            last = taken
            redis.call('PEXPIRE', key, expiry(last + window - now))
          elseif missing > 0 then
            -- The first entry whose leaving, with all before it, makes room.
            local low, high = 1, redis.call('LLEN', key) - 1
            while low < high do
              local middle = math.floor((low + high) / 2)
              local _, sum = entry(middle)
              if sum - base >= missing then high = middle else low = middle + 1 end
            end
            retry = entry(low) + window - now
          end
          local used = total - base
          local at = 5 * (i - 1)
          answer[at + 1] = missing <= 0 and 1 or 0
          answer[at + 2] = math.max(0, limit - used)
          answer[at + 3] = retry
          answer[at + 4] = used > 0 and last + window - now or 0
          answer[at + 5] = now
        end
        return answer
        """
    );

    public static long StepOf(int limit, long window) => limit <= MostEntries ? 1 : Math.Max(1, window / MostEntries);
}
