using System.Threading.RateLimiting;
using RedisRateLimiting.Tests.Infrastructure;
using StackExchange.Redis;

namespace RedisRateLimiting.Tests;

public sealed class LimiterTests(SharedRedis redis)
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    public static TheoryData<Kind> Kinds => [Kind.Fixed, Kind.Sliding, Kind.Bucket];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Waiting_as_long_as_the_refusal_says_is_long_enough(Kind kind)
    {
        var limiter = Create(kind, 3, TimeSpan.FromMilliseconds(700));
        await limiter.TakeAsync(3);
        using var refusal = await limiter.TakeAsync(2);
        Assert.False(refusal.IsAcquired);

        var told = Limiters.VerdictOf(refusal);
        await Task.Delay(TimeSpan.FromMicroseconds(told.RetryAfter), TestContext.Current.CancellationToken);

        // A timer may ring a little early, so the server's clock says whether the time has come.
        var answer = Limiters.VerdictOf(await limiter.TakeAsync(2));
        while (answer.At < told.At + told.RetryAfter)
        {
            Assert.False(answer.Allowed);
            answer = Limiters.VerdictOf(await limiter.TakeAsync(2));
        }

        Assert.True(answer.Allowed);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_refusal_tells_both_names_of_the_wait_in_whole_seconds_and_never_zero(Kind kind)
    {
        var limiter = Create(kind, 1, TimeSpan.FromMilliseconds(500));
        await limiter.TakeAsync();
        using var refusal = await limiter.TakeAsync();

        Assert.True(refusal.TryGetMetadata(MetadataName.RetryAfter, out var framework));
        Assert.True(refusal.TryGetMetadata(RateLimitMetadataName.RetryAfter, out var package));
        Assert.Equal(TimeSpan.FromSeconds(1), framework);
        Assert.Equal(1, package);
        Assert.Contains(MetadataName.RetryAfter.Name, refusal.MetadataNames);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_grant_tells_limit_rest_and_seconds_left_but_no_wait(Kind kind)
    {
        var limiter = Create(kind, 10, _minute);
        using var lease = await limiter.TakeAsync(4);

        Assert.True(lease.TryGetMetadata(RateLimitMetadataName.Limit, out var limit));
        Assert.True(lease.TryGetMetadata(RateLimitMetadataName.Remaining, out var remaining));
        Assert.True(lease.TryGetMetadata(RateLimitMetadataName.Reset, out var reset));
        Assert.Equal(("10", 6L, 60L), (limit, remaining, reset));
        Assert.False(lease.TryGetMetadata(MetadataName.RetryAfter, out _));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_refusal_costs_nothing(Kind kind)
    {
        var limiter = Create(kind, 10, _minute);
        await limiter.TakeAsync(7);
        Assert.False((await limiter.TakeAsync(4)).IsAcquired);

        Assert.True((await limiter.TakeAsync(3)).IsAcquired);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task More_than_the_limit_at_once_is_a_programming_mistake(Kind kind)
    {
        var limiter = Create(kind, 10, _minute);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.TakeAsync(11));
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(11));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_key_lives_no_longer_than_what_it_counts(Kind kind)
    {
        var key = Limiters.NewKey();
        var limiter = Limiters.Create(kind, key, redis.Circuit, 10, _minute);
        await limiter.TakeAsync();

        var life = await Database.KeyTimeToLiveAsync(Limiters.RedisKeyOf(kind, key));
        Assert.InRange(life!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60.1));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_evil_value_under_the_key_is_replaced(Kind kind)
    {
        var key = Limiters.NewKey();
        RedisKey stored = Limiters.RedisKeyOf(kind, key);
        var limiter = Limiters.Create(kind, key, redis.Circuit, 2, _minute);

        await Database.HashSetAsync(stored, "evil", 1);
        Assert.True((await limiter.TakeAsync(2)).IsAcquired);
        Assert.False((await limiter.TakeAsync()).IsAcquired);

        await Database.KeyDeleteAsync(stored);
        await Database.StringSetAsync(stored, "99999999999999999999999999 evil");
        Assert.True((await limiter.TakeAsync(2)).IsAcquired);

        await Database.KeyDeleteAsync(stored);
        await Database.ListRightPushAsync(stored, ["evil", "1 2 3", ""]);
        Assert.True((await limiter.TakeAsync(2)).IsAcquired);
        Assert.False((await limiter.TakeAsync()).IsAcquired);
        Assert.False(redis.Circuit.IsOpen);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_changed_limit_counts_what_was_taken_under_the_old_one(Kind kind)
    {
        var key = Limiters.NewKey();
        await Limiters.Create(kind, key, redis.Circuit, 10, _minute).TakeAsync(8);

        var lowered = Limiters.Create(kind, key, redis.Circuit, 1, _minute);
        Assert.Equal(kind == Kind.Bucket, (await lowered.TakeAsync()).IsAcquired);
    }

    [Fact]
    public async Task A_long_log_stays_short()
    {
        var key = Limiters.NewKey();
        var limiter = Limiters.Create(Kind.Sliding, key, redis.Circuit, 1_000_000, TimeSpan.FromSeconds(1));
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => limiter.TakeAsync()));
        }

        Assert.InRange(await Database.ListLengthAsync(Limiters.RedisKeyOf(Kind.Sliding, key)), 1, 1002);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_synchronous_attempt_grants_nothing_while_Redis_must_be_asked(Kind kind)
    {
        var limiter = Create(kind, 1, _minute);

        Assert.False(limiter.AttemptAcquire().IsAcquired);
        Assert.True((await limiter.TakeAsync()).IsAcquired);
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Create(Kind.Fixed, 0, _minute));
        Assert.Throws<ArgumentException>(() => Create(Kind.Sliding, -1, _minute));
        Assert.Throws<ArgumentException>(() => Create(Kind.Bucket, 1, TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() =>
            Limiters.Create(Kind.Fixed, "key", redis.Circuit, 1, _minute, processes: 0)
        );
        Assert.Throws<ArgumentException>(() =>
            new RedisFixedWindowRateLimiter<string>("key", new() { PermitLimit = 1, Window = _minute })
        );
        Assert.Throws<ArgumentNullException>(() => new RedisSlidingWindowRateLimiter<string>("key", null!));
    }

    [Fact]
    public async Task Limiters_on_one_connection_share_its_circuit_without_being_told()
    {
        var limiter = new RedisTokenBucketRateLimiter<string>(
            Limiters.NewKey(),
            new()
            {
                ConnectionMultiplexerFactory = () => redis.Connection,
                TokenLimit = 1,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = _minute,
            }
        );

        Assert.True((await limiter.TakeAsync()).IsAcquired);
        Assert.Same(RedisCircuit.Of(redis.Connection), RedisCircuit.Of(redis.Connection));
    }

    private IDatabase Database => redis.Connection.GetDatabase();

    private RateLimiter Create(Kind kind, int limit, TimeSpan window) =>
        Limiters.Create(kind, Limiters.NewKey(), redis.Circuit, limit, window);
}
