using System.Net;
using System.Net.Http.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy;

public sealed class GraphQLCostTests : IAsyncLifetime
{
    private readonly TestApp _app = new();

    // 60 requests and 6,000 points of complexity a minute for each user.
    public async ValueTask InitializeAsync() =>
        await _app.StartAsync(
            new Dictionary<string, string?>
            {
                ["RATE_LIMIT_PER_MINUTE"] = "60",
                // Counted in this process: tests that run beside this one share its address in the common Redis.
                ["REDIS_URL"] = null,
            }
        );

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Expensive_operations_use_up_a_minute_sooner_than_cheap_ones()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var expensive = new { query = "{Viewer{" + string.Concat(Enumerable.Repeat("id ", 499)) + "}}" };
        using var client = await _app.SignedInClientAsync();

        foreach (var _ in Enumerable.Range(0, 12))
        {
            using var granted = await client.PostAsJsonAsync("/graphql", expensive, cancellation);
            Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
        }

        using var refused = await client.PostAsJsonAsync("/graphql", expensive, cancellation);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("/problems/quota-exceeded", await refused.Content.ReadAsStringAsync(cancellation));
        Assert.True(refused.Headers.Contains("RateLimit"));

        using var account = await client.GetAsync("/api/v1/me", cancellation);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
    }

    [Fact]
    public async Task A_caller_without_requests_left_is_told_so_in_GraphQLs_words()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = await _app.SignedInClientAsync();
        foreach (var _ in Enumerable.Range(0, 60))
        {
            using var granted = await client.GetAsync("/api/v1/me", cancellation);
        }

        using var refused = await client.PostAsJsonAsync("/graphql", new { query = "{Viewer{id}}" }, cancellation);

        await GraphQLRefusalTests.AssertReadableAsync(refused, 429, "quota-exceeded");
        Assert.NotNull(refused.Headers.RetryAfter);
    }
}
