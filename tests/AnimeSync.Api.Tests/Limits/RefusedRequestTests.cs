using System.Net;
using System.Text;

namespace AnimeSync.Api.Tests.Limits;

/// <summary>Apart from the others because signing in is limited by address, too.</summary>
public sealed class RefusedRequestTests(LimitedApp limited) : IClassFixture<LimitedApp>
{
    [Fact]
    public async Task What_is_refused_on_its_way_to_GraphQL_is_counted_all_the_same()
    {
        var user = await limited.App.SignInAsync();
        using var client = limited.NewNeighbour(accessToken: user.AccessToken);
        for (var number = 0; number < LimitedApp.PerMinute; number++)
        {
            // Of every third the route, of the others the handler thinks nothing.
            using var refused = await client.PostAsync(
                number % 3 == 0 ? "/graphql?x=%zz" : "/graphql",
                new StringContent("{", Encoding.UTF8, number % 2 == 0 ? "text/plain" : "application/json"),
                TestContext.Current.CancellationToken
            );
            Assert.InRange((int)refused.StatusCode, 400, 415);
        }

        using var refusal = await client.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.StartsWith("\"user\";r=0;", refusal.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
    }
}
