using System.Net;
using System.Text.RegularExpressions;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Limits;

[Collection(CountingService.Group)]
public sealed class RefusalTests(CountingService counting)
{
    [Fact]
    public async Task A_flood_of_refusals_is_logged_in_a_few_lines_and_reaches_nothing()
    {
        const int Flood = 1000;
        var address = Callers.NewAddress();
        var user = await counting.Callers.SignInAsync("archive");
        using var caller = counting.Callers.Behind($"{address}", user.AccessToken);
        await Callers.CountAsync(caller, CountingService.AddressLimit);
        var logged = counting.Service.Output.Length;
        var sessions = await counting.Service.Database.CountAsync("sessions");

        Assert.Equal(0, await Callers.CountAsync(caller, Flood, "/api/v1/me"));

        var lines = Regex.Count(counting.Service.Output[logged..], "\\n");
        Assert.InRange(lines, 0, Flood / 10);
        Assert.DoesNotContain($"{address}", counting.Service.Output, StringComparison.Ordinal);
        Assert.Equal(sessions, await counting.Service.Database.CountAsync("sessions"));
        await counting.Service.AssertAliveAsync();
    }

    [Fact]
    public async Task Probes_preflights_and_the_admin_listener_go_on_for_an_address_that_has_nothing_left()
    {
        var address = new IPAddress([127, 8, 8, 8]);
        using var caller = counting.Callers.At(address);
        Assert.Equal(CountingService.AddressLimit, await Callers.CountAsync(caller, CountingService.AddressLimit + 1));
        using var operators = counting.Callers.At(address, counting.Service.Admin);

        for (var number = 0; number < 100; number++)
        {
            await AssertUncountedAsync(HttpStatusCode.OK, caller, new(HttpMethod.Get, "/healthz"));
            await AssertUncountedAsync(HttpStatusCode.OK, caller, new(HttpMethod.Get, "/readyz"));
            await AssertUncountedAsync(HttpStatusCode.OK, operators, new(HttpMethod.Get, "/health"));
            await AssertUncountedAsync(HttpStatusCode.NotFound, operators, new(HttpMethod.Get, "/nothing"));
            var preflight = new HttpRequestMessage(HttpMethod.Options, "/auth/token");
            preflight.Headers.Add("Origin", "http://localhost:3000");
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            await AssertUncountedAsync(HttpStatusCode.NoContent, caller, preflight);
        }

        Assert.Equal(0, await Callers.CountAsync(caller, 1));
    }

    private static async Task AssertUncountedAsync(HttpStatusCode status, HttpClient client, HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await client.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
            Assert.False(answer.Headers.Contains("RateLimit"));
        }
    }
}
