using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using RedisRateLimiting.AspNetCore;
using RedisRateLimiting.Tests.Infrastructure;

namespace RedisRateLimiting.Tests.AspNetCore;

/// <summary>The extensions in an application that knows nothing else of this library, asked over a socket.</summary>
public sealed class PolicyTests(SharedRedis redis)
{
    private const int Limit = 5;

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    public static TheoryData<Kind> Kinds => [Kind.Fixed, Kind.Sliding, Kind.Bucket];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_named_policy_is_one_bucket_for_everybody_in_every_application(Kind kind)
    {
        var policy = Limiters.NewKey();
        await using var first = await LimitedApplication.StartAsync(policy, options => Add(options, policy, kind));
        await using var second = await LimitedApplication.StartAsync(policy, options => Add(options, policy, kind));

        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < Limit + 2; request++)
        {
            using var answer = await (request % 2 == 0 ? first : second).GetAsync();
            statuses.Add(answer.StatusCode);
        }

        Assert.All(statuses[..Limit], status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.All(statuses[Limit..], status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
        Assert.True(await redis.Connection.GetDatabase().KeyExistsAsync(Limiters.RedisKeyOf(kind, policy)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_refusal_carries_the_packages_headers_and_a_grant_none(Kind kind)
    {
        var policy = Limiters.NewKey();
        await using var app = await LimitedApplication.StartAsync(policy, options => Add(options, policy, kind));
        for (var request = 0; request < Limit; request++)
        {
            using var grant = await app.GetAsync();
            Assert.Equal("through", await grant.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.DoesNotContain(
                grant.Headers,
                header => header.Key.StartsWith("X-RateLimit", StringComparison.Ordinal)
            );
        }

        using var refusal = await app.GetAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal($"{Limit}", Header(refusal, RateLimitHeaders.Limit));
        Assert.Equal("0", Header(refusal, RateLimitHeaders.Remaining));
        Assert.InRange(int.Parse(Header(refusal, RateLimitHeaders.Reset), null), 1, 60);
        Assert.InRange(int.Parse(Header(refusal, RateLimitHeaders.RetryAfter), null), 1, 60);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_partition_of_their_own_gives_each_caller_a_limit_of_their_own(Kind kind)
    {
        var policy = Limiters.NewKey();
        await using var app = await LimitedApplication.StartAsync(
            policy,
            options =>
            {
                options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                options.AddPolicy(policy, context => PartitionOf(kind, policy + context.Request.Query["caller"]));
            }
        );

        foreach (var caller in new[] { "rin", "mika" })
        {
            for (var request = 0; request < Limit; request++)
            {
                using var grant = await app.GetAsync($"?caller={caller}");
                Assert.Equal(HttpStatusCode.OK, grant.StatusCode);
            }
        }

        using var refusal = await app.GetAsync("?caller=rin");
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Without_Redis_the_share_is_granted_and_nobody_sees_an_error(Kind kind)
    {
        const int Processes = 2;
        var nowhere = Limiters.Configuration($"127.0.0.1:{FreePort.Next()}");
        await using var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(nowhere);
        var policy = Limiters.NewKey();
        await using var app = await LimitedApplication.StartAsync(
            policy,
            options => Add(options, policy, kind, RedisCircuit.Of(connection), Processes)
        );

        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < Limit; request++)
        {
            using var answer = await app.GetAsync();
            statuses.Add(answer.StatusCode);
        }

        Assert.All(statuses[..(Limit / Processes)], status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.All(statuses[(Limit / Processes)..], status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
    }

    [Fact]
    public void What_cannot_work_is_refused_where_it_is_written()
    {
        var options = new RateLimiterOptions();

        Assert.Throws<ArgumentNullException>(() => options.AddRedisFixedWindowLimiter("policy", null!));
        Assert.Throws<ArgumentNullException>(() =>
            RedisRateLimiterOptionsExtensions.AddRedisSlidingWindowLimiter(null!, "policy", _ => { })
        );
        options.AddRedisTokenBucketLimiter("policy", Configure);
        Assert.Throws<ArgumentException>(() => options.AddRedisTokenBucketLimiter("policy", Configure));
    }

    private static void Configure(RedisTokenBucketRateLimiterOptions options) => options.TokenLimit = 1;

    private static string Header(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));

    private RateLimitPartition<string> PartitionOf(Kind kind, string key) =>
        RateLimitPartition.Get(key, name => Limiters.Create(kind, name, redis.Circuit, Limit, _minute));

    private void Add(
        RateLimiterOptions options,
        string policy,
        Kind kind,
        RedisCircuit? circuit = null,
        int processes = 1
    )
    {
        options.OnRejected = (context, cancellationToken) =>
            RateLimitMetadata.OnRejected(context.HttpContext, context.Lease, cancellationToken);
        switch (kind)
        {
            case Kind.Fixed:
                options.AddRedisFixedWindowLimiter(
                    policy,
                    limit =>
                        (limit.Circuit, limit.Processes, limit.PermitLimit, limit.Window) = (
                            circuit ?? redis.Circuit,
                            processes,
                            Limit,
                            _minute
                        )
                );
                break;
            case Kind.Sliding:
                options.AddRedisSlidingWindowLimiter(
                    policy,
                    limit =>
                        (limit.Circuit, limit.Processes, limit.PermitLimit, limit.Window) = (
                            circuit ?? redis.Circuit,
                            processes,
                            Limit,
                            _minute
                        )
                );
                break;
            default:
                options.AddRedisTokenBucketLimiter(
                    policy,
                    limit =>
                    {
                        (limit.Circuit, limit.Processes) = (circuit ?? redis.Circuit, processes);
                        (limit.TokenLimit, limit.TokensPerPeriod) = (Limit, Limit);
                        limit.ReplenishmentPeriod = _minute;
                    }
                );
                break;
        }
    }
}
