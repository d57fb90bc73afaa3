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
            using var refused = await SendAsync(client, number);
            Assert.InRange((int)refused.StatusCode, 400, 415);
            Assert.Contains("\"user\";r=", refused.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
        }

        for (var number = 0; number < Ways; number++)
        {
            using var late = await SendAsync(client, number);
            Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        }

        using var refusal = await client.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.StartsWith("\"user\";r=0;", refusal.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
    }

    private const int Ways = 5;

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, int way)
    {
        using var request = new HttpRequestMessage(way % Ways < 2 ? HttpMethod.Get : HttpMethod.Post, "/graphql");
        if (way % Ways != 0)
        {
            request.Content = new StringContent(
                "{",
                Encoding.UTF8,
                way % Ways == 2 ? "text/plain" : "application/json"
            );
        }

        if (way % Ways == 3)
        {
            request.Content!.Headers.ContentEncoding.Add("gzip");
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
