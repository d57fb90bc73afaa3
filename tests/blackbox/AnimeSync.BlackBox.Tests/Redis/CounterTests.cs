using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;
using StackExchange.Redis;

namespace AnimeSync.BlackBox.Tests.Redis;

/// <summary>What is in Redis may be spoiled, forgotten or late; it is worth a minute's counting and no more.</summary>
[Collection(LimitedService.ForRedis)]
public sealed class CounterTests(LimitedService limited)
{
    public static TheoryData<string, string[]> EvilValues =>
        new()
        {
            { "HSET", ["evil", "1"] },
            { "SADD", ["evil"] },
            { "ZADD", ["1", "evil"] },
            { "XADD", ["*", "evil", "1"] },
            { "SET", ["99999999999999999999999999 evil"] },
            { "RPUSH", ["evil", "1 2 3", "", "-1 -1"] },
            { "RPUSH", ["0 0", "99999999999999999 99999999"] },
        };

    [Theory, MemberData(nameof(EvilValues))]
    public Task A_spoiled_counter_is_replaced_by_a_good_one(string command, string[] value) =>
        limited.SteadilyAsync(async () =>
        {
            var address = Callers.NewAddress();
            var key = $"rl:sw:{{address:{address}}}";
            await limited.CommandAsync(command, [key, .. value]);
            var losses = limited.Service.Output.Length;
            using var caller = limited.Callers.Behind($"{address}");

            Assert.Equal(
                LimitedService.AddressLimit,
                await Callers.CountAsync(caller, LimitedService.AddressLimit + 5)
            );

            Assert.Equal(RedisType.List, await limited.RedisAsync(redis => redis.KeyTypeAsync(key)));
            Assert.NotNull(await limited.RedisAsync(redis => redis.KeyTimeToLiveAsync(key)));
            Assert.DoesNotContain("exception", limited.Service.Output[losses..], StringComparison.OrdinalIgnoreCase);
            await limited.BecomesAsync("ready");
        });

    [Fact]
    public Task Forgotten_scripts_are_sent_again_and_nobody_notices() =>
        limited.SteadilyAsync(async () =>
        {
            using var caller = limited.Callers.Behind();
            var granted = 0;
            for (var round = 0; round < 4; round++)
            {
                await limited.CommandAsync("SCRIPT", "FLUSH");
                granted += await Callers.CountAsync(caller, 20);
            }

            Assert.Equal(LimitedService.AddressLimit, granted);
            await limited.BecomesAsync("ready");
        });

    [Fact]
    public async Task An_emptied_Redis_forgets_a_minute_of_counting_but_no_session()
    {
        var user = await limited.SignInAsync("mika");
        await limited.SteadilyAsync(async () =>
        {
            await limited.CommandAsync("FLUSHALL");
            using var caller = limited.Callers.Behind(accessToken: user.AccessToken);
            Assert.Equal(LimitedService.PerMinute, await Callers.CountAsync(caller, 30, "/api/v1/me"));
            var sessions = await limited.Service.Database.CountAsync("sessions");

            await limited.CommandAsync("FLUSHALL");

            Assert.Equal(1, await Callers.CountAsync(caller, 1, "/api/v1/me"));
            using var refreshed = await new SignInFlow(limited.Service.Address)
            {
                ForwardedFor = $"{Callers.NewAddress()}",
            }.RefreshAsync(user.RefreshToken!);
            Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
            Assert.Equal(sessions, await limited.Service.Database.CountAsync("sessions"));
        });
    }

    [Fact]
    public async Task Answers_that_come_late_let_through_at_most_the_limit_and_the_share()
    {
        await limited.BecomesAsync("ready");
        var address = Callers.NewAddress();
        using var stop = new CancellationTokenSource();
        var wavering = WaverAsync(stop.Token);

        // A question whose answer is late is counted in Redis and here; its caller is let through once, if at all.
        var granted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskForSecondsAsync(address)));
        await stop.CancelAsync();
        await wavering;
        await limited.BecomesAsync("ready");
        using var caller = limited.Callers.Behind($"{address}");
        var rest = await Callers.CountAsync(caller, LimitedService.AddressLimit);

        Assert.InRange(
            granted.Sum() + rest,
            LimitedService.AddressShare,
            LimitedService.AddressLimit + LimitedService.AddressShare
        );
        await limited.Service.AssertAliveAsync();
    }

    /// <summary>Long enough for Redis to be left alone and asked again a few times.</summary>
    private async Task<int> AskForSecondsAsync(IPAddress address)
    {
        using var caller = limited.Callers.Behind($"{address}");
        var granted = 0;
        for (var request = 0; request < 150; request++)
        {
            granted += await Callers.CountAsync(caller, 1);
            await Task.Delay(30);
        }

        return granted;
    }

    /// <summary>In time, just too late, far too late, and all of it again in another rhythm than the questions.</summary>
    private async Task WaverAsync(CancellationToken cancellationToken)
    {
        int[] delays = [0, 110, 0, 40, 250, 0, 95, 130];
        for (var turn = 0; !cancellationToken.IsCancellationRequested; turn++)
        {
            limited.Wire.Delay = TimeSpan.FromMilliseconds(delays[turn % delays.Length]);
            await Task.WhenAny(Task.Delay(30, cancellationToken));
        }

        limited.Wire.Delay = TimeSpan.Zero;
    }
}
