using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Limits;

[Collection(CountingService.Group)]
public sealed class UserTests(CountingService counting)
{
    private const string Me = "/api/v1/me";

    [Fact]
    public async Task One_account_has_one_limit_from_a_thousand_addresses_and_after_signing_out_and_in_again()
    {
        var first = await counting.Callers.SignInAsync("rin");
        using var client = counting.Service.CreateClient(first.AccessToken);
        var granted = 0;
        await Parallel.ForAsync(
            0,
            1000,
            async (_, cancellationToken) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Me);
                request.Headers.Add("X-Forwarded-For", $"{Callers.NewAddress()}");
                using var answer = await client.SendAsync(request, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref granted);
                    return;
                }

                Assert.Equal("user", await Callers.AssertRefusalAsync(answer));
            }
        );
        Assert.Equal(CountingService.PerMinute, granted);

        using (var revoked = await RevokeAsync(first.RefreshToken!))
        {
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        }

        var second = await counting.Callers.SignInAsync("rin");
        Assert.NotEqual(first.Claims.GetProperty("sid").GetString(), second.Claims.GetProperty("sid").GetString());
        using var again = counting.Callers.Behind(accessToken: second.AccessToken);
        using var refusal = await again.GetAsync(Me);
        Assert.Equal("user", await Callers.AssertRefusalAsync(refusal));
    }

    [Fact]
    public async Task Many_accounts_at_one_address_have_its_limit_together()
    {
        var address = $"{Callers.NewAddress()}";
        var granted = new List<int>();
        foreach (var (name, requests) in new[] { ("mika", 24), ("empty", 24), ("solo", 12) })
        {
            var user = await counting.Callers.SignInAsync(name);
            using var caller = counting.Callers.Behind(address, user.AccessToken);
            granted.Add(await Callers.CountAsync(caller, requests, Me));

            if (name == "solo")
            {
                using var refusal = await caller.GetAsync(Me);
                Assert.Equal("address", await Callers.AssertRefusalAsync(refusal));
            }
        }

        Assert.Equal([24, 24, 12], granted);
    }

    private async Task<HttpResponseMessage> RevokeAsync(string refreshToken)
    {
        using var caller = counting.Callers.Behind();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["token"] = refreshToken, ["client_id"] = SignInFlow.Mobile }
        );
        return await caller.PostAsync("/auth/revoke", form);
    }
}
