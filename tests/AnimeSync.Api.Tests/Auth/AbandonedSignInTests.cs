using System.Net;
using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Auth;

public sealed class AbandonedSignInTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Browsers_that_go_away_in_the_middle_are_no_failures_of_AniList()
    {
        using var sandbox = new SandboxControl(app.Sandbox);
        using var client = await app.SignedInClientAsync();
        await sandbox.FaultAsync("slow", times: null, match: "Viewer");
        for (var number = 0; number < 5; number++)
        {
            var (callback, cookies) = await new SignInFlow(app.Address).ReachCallbackAsync("rin", SignInFlow.Mobile);
            await sandbox.ForgetAsync();
            using var browser = app.CreateClient();
            browser.DefaultRequestHeaders.Add("Cookie", cookies);
            using var gone = new CancellationTokenSource();
            var waiting = browser.GetAsync(callback, gone.Token);
            await Eventually.BecomesAsync(true, async () => (await sandbox.JournalAsync()).Count > 0);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        // Whatever the abandoned requests come to has come by the time that a whole one is through.
        await sandbox.MendAsync();
        Assert.Equal(BreakerState.Closed, app.Service.Services.GetRequiredService<AniListBreaker>().State);
        using var answer = await client.PostAsync(
            "/graphql",
            new StringContent("""{"query":"{ Viewer { id } }"}""", null, "application/json"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
