using RedisRateLimiting.Tests.Infrastructure;

namespace RedisRateLimiting.Tests;

public sealed class ExactnessTests(SharedRedis redis)
{
    [Theory]
    [InlineData(Kind.Fixed)]
    [InlineData(Kind.Sliding)]
    [InlineData(Kind.Bucket)]
    public async Task Two_processes_together_grant_exactly_the_limit(Kind kind)
    {
        const int Limit = 50;
        using var first = new LimiterProcess(redis.Address);
        using var second = new LimiterProcess(redis.Address);

        for (var round = 0; round < 20; round++)
        {
            var key = Limiters.NewKey();
            var granted = await Task.WhenAll(
                first.CountGrantsAsync(kind, key, Limit, 2 * Limit),
                second.CountGrantsAsync(kind, key, Limit, 2 * Limit)
            );

            Assert.Equal(Limit, granted.Sum());
        }
    }
}
