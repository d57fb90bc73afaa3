using AnimeSync.AniList.Tests.Gateway.Budget;
using RedisRateLimiting.Tests.Infrastructure;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>A 429 stops everybody, in every process, until it is over; then what waits goes on.</summary>
public sealed class PauseTests(BudgetRedis redis)
{
    private const string TooMany = """{"errors":[{"message":"Too Many Requests.","status":429}],"data":null}""";

    /// <summary>The answer's fields, and how long they say to wait.</summary>
    public static TheoryData<string, int> Pauses =>
        new()
        {
            { "Retry-After: 4", 4 },
            { "Retry-After: 60", 60 },
            { "", 60 },
            { "Retry-After: soon", 60 },
            { "Retry-After: -5", 60 },
            { "Retry-After: 99999999999999999999", 60 },
            { "Date: Tue, 06 May 2031 07:00:00 GMT|Retry-After: Tue, 06 May 2031 07:00:05 GMT", 5 },
            { "Date: Tue, 06 May 2031 07:00:00 GMT|X-RateLimit-Reset: 1935817206", 6 },
            { "X-RateLimit-Reset: 1935817205", 60 },
            { "X-RateLimit-Reset: never", 60 },
        };

    [Theory]
    [MemberData(nameof(Pauses))]
    public async Task Nobody_asks_before_it_is_over_and_then_everybody_gets_an_answer(string fields, int seconds)
    {
        await using var world = new GatewayWorld(redis.Connection, processes: 2);
        world.AniList = _ => Task.FromResult(GatewayWorld.Json(TooMany, 429, FieldsOf(fields)));
        var first = world.AskAsync("{Viewer{first:id}}");
        await Eventually.TrueAsync(() => Task.FromResult(world.Sent.Count == 1));
        world.AniList = _ => Task.FromResult(GatewayWorld.Json("""{"data":{}}"""));
        await Task.Delay(200, TestContext.Current.CancellationToken);

        var waiting = Enumerable
            .Range(0, 10)
            .Select(i => world.AskAsync($"{{Viewer{{a{i}:id}}}}", Guid.NewGuid(), process: i % 2))
            .Append(first)
            .ToList();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Single(world.Sent);
        var isLong = seconds > 10;
        Assert.DoesNotContain(waiting, answer => !isLong && answer.IsCompleted);
        // Nobody waits for what cannot come in time.
        var patience = TimeSpan.FromSeconds(isLong ? 6 : 30);
        var answers = await Task.WhenAll(waiting).WaitAsync(patience, TestContext.Current.CancellationToken);

        foreach (var answer in answers)
        {
            Assert.Equal(isLong ? AniListFailure.RateLimited : null, answer.Failure);
            if (isLong)
            {
                Assert.InRange(answer.RetryAfter!.Value.TotalSeconds, seconds - 5, seconds);
            }
        }
    }

    [Fact]
    public async Task Nobody_waits_longer_because_it_is_said_again_and_again()
    {
        // Each answer takes two seconds of the ten that a read waits.
        await using var world = new GatewayWorld();
        world.AniList = _ =>
        {
            world.Clock.Pass(TimeSpan.FromSeconds(2));
            return Task.FromResult(GatewayWorld.Json(TooMany, 429, ("Retry-After", "1")));
        };

        var answer = await world.AskAsync("{Viewer{id}}");

        Assert.Equal(AniListFailure.RateLimited, answer.Failure);
        Assert.InRange(world.Sent.Count, 2, 5);
    }

    private static (string, string)[] FieldsOf(string fields) =>
        [
            .. fields
                .Split('|', StringSplitOptions.RemoveEmptyEntries)
                .Select(field => field.Split(": ", 2))
                .Select(field => (field[0], field[1])),
        ];
}
