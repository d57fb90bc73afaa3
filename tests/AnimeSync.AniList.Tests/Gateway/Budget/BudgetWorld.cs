using AnimeSync.AniList.Gateway;
using StackExchange.Redis;

namespace AnimeSync.AniList.Tests.Gateway.Budget;

/// <summary>
/// Processes with one budget, each with a wrong clock of its own, whose time passes when the test says so. Writes down
/// every permit, and fails as soon as a minute holds more than the limit.
/// </summary>
internal sealed class BudgetWorld(IConnectionMultiplexer? redis, RequestBudgetOptions options)
{
    private readonly List<(RequestBudget Budget, WrongClock Clock)> _processes = [];
    private readonly string _name = $"test-{Guid.NewGuid():n}";

    public static RequestBudgetOptions Default { get; } = new() { Name = "x" };

    public static LaneDemand OneWriter { get; } = new(1, 0, 0);

    public List<(TimeSpan At, int Process, Lane Lane)> Permits { get; } = [];

    public TimeSpan Now { get; private set; }

    /// <summary>What the clock of Redis differs by from the time that passes.</summary>
    public TimeSpan RedisStep { get; set; }

    public bool IsShared => redis is not null;

    public bool IsRedisAway { get; set; }

    /// <summary>The limit that no minute may break.</summary>
    public int LimitInForce { get; set; } = options.Limit;

    public RedisKey Key => $"animesync:budget:{_name}";

    public RequestBudget this[int process] => _processes[process].Budget;

    public BudgetWorld With(int processes)
    {
        for (var process = 0; process < processes; process++)
        {
            var start = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(1000 * process);
            var clock = new WrongClock(start);
            var mine = options with
            {
                Name = _name,
                Redis = redis is null ? null : ConnectAsync,
                RedisTime = RedisTime,
                Cap = TimeSpan.FromSeconds(30),
            };
            _processes.Add((new(mine, clock), clock));
        }

        return this;
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var (_, clock) in _processes)
        {
            clock.Pass(time);
        }
    }

    public void StepWallClocks(TimeSpan step)
    {
        foreach (var (_, clock) in _processes)
        {
            clock.Step(step);
        }
    }

    public async Task<BudgetAnswer> TakeAsync(int process, LaneDemand demand)
    {
        var answer = await this[process].TakeAsync(demand, TestContext.Current.CancellationToken);
        if (answer.Granted is { } lane)
        {
            Assert.True(demand[(int)lane] > 0, "A lane got a permit that did not wait.");
            Note(process, lane);
        }
        else
        {
            Assert.InRange(answer.RetryIn, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1));
        }

        return answer;
    }

    public void Note(int process, Lane lane)
    {
        Permits.Add((Now, process, lane));
        var minute = Permits.Where(permit => permit.At >= Now - TimeSpan.FromMinutes(1));
        var story = string.Join(' ', minute.Select(permit => $"{permit.At.TotalSeconds:0.00}/{permit.Process}"));
        Assert.True(minute.Count() <= LimitInForce, $"More than {LimitInForce} in the last minute: {story}");
    }

    public int CountSince(TimeSpan moment)
    {
        var count = 0;
        for (var index = Permits.Count - 1; index >= 0 && Permits[index].At >= moment; index--)
        {
            count++;
        }

        return count;
    }

    /// <summary>All that can be had at this moment.</summary>
    public async Task<int> TakeAllAsync(int process, LaneDemand demand)
    {
        var count = 0;
        while ((await TakeAsync(process, demand)).Granted is not null)
        {
            count++;
        }

        return count;
    }

    /// <summary>Every process asks whenever it was told to, for as long as said. Gives the number of questions.</summary>
    public async Task<int> RunAsync(TimeSpan duration, params LaneDemand[] demands)
    {
        var questions = 0;
        var end = Now + duration;
        var next = demands.Select(_ => Now).ToArray();
        while (next.Min() is var soonest && soonest < end)
        {
            var process = Array.IndexOf(next, soonest);
            Pass(soonest - Now);
            questions++;
            next[process] = Now + (await TakeAsync(process, demands[process])).RetryIn;
        }

        Pass(end - Now);
        return questions;
    }

    /// <summary>How long this process waits for its next permit when it alone asks.</summary>
    public async Task<TimeSpan> WaitAsync(int process, LaneDemand? demand = null)
    {
        var start = Now;
        while (true)
        {
            var answer = await TakeAsync(process, demand ?? OneWriter);
            if (answer.Granted is not null)
            {
                return Now - start;
            }

            Assert.True(Now - start < TimeSpan.FromHours(2), "No permit came for hours.");
            Pass(answer.RetryIn);
        }
    }

    public ValueTask ReportLimitAsync(int process, int limit) =>
        this[process].ReportAsync(new(limit, null, null, null, null), limited: false);

    public ValueTask RefuseAsync(int process, TimeSpan retryAfter) =>
        this[process].ReportAsync(new(null, 0, null, retryAfter, null), limited: true);

    public Task FlushAsync() => redis!.GetDatabase().KeyDeleteAsync(Key);

    private Task<IConnectionMultiplexer> ConnectAsync() =>
        IsRedisAway ? Task.FromException<IConnectionMultiplexer>(new IOException("Away.")) : Task.FromResult(redis!);

    private long RedisTime() => 1_800_000_000_000_000 + (Now.Ticks + RedisStep.Ticks) / TimeSpan.TicksPerMicrosecond;
}
