using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>Which account a sign-in leads to.</summary>
[Collection<SignInTestGroup>]
public sealed class AccountTests(StubbedService stubbed)
{
    [Fact]
    public async Task First_sign_ins_of_one_person_at_the_same_moment_make_one_account()
    {
        const int browsers = 8;
        var before = await stubbed.RowsAsync();
        // Nobody's viewer is answered before everybody's has been asked for.
        var (waiting, everybody) = (0, new TaskCompletionSource());
        var person = new AniListGrant();
        var grants = Enumerable
            .Range(0, browsers)
            .Select(_ =>
                stubbed.AniList.Grant(
                    new()
                    {
                        OnViewer = async context =>
                        {
                            if (Interlocked.Increment(ref waiting) == browsers)
                            {
                                everybody.SetResult();
                            }

                            await everybody.Task;
                            await person.AnswerViewerAsync(context);
                        },
                    }
                )
            );

        var signedIn = await Task.WhenAll(
            grants.Select(async grant => await (await stubbed.StartAsync()).FinishAsync(grant))
        );

        Assert.Single(signedIn.Select(tokens => tokens.Claims.GetProperty("sub").GetString()).Distinct());
        Assert.Equal(
            browsers,
            signedIn.Select(tokens => tokens.Claims.GetProperty("sid").GetString()).Distinct().Count()
        );
        foreach (var tokens in signedIn)
        {
            Assert.Equal((200, "rin"), await stubbed.MeAsync(tokens.AccessToken));
        }

        var expected = new Rows(
            before.Users + 1,
            before.Credentials + 1,
            before.Pending,
            before.Codes + browsers,
            before.Sessions + browsers
        );
        Assert.Equal(expected, await stubbed.RowsAsync());
    }

    [Fact]
    public async Task Accounts_follow_the_id_when_names_change_hands()
    {
        var person = new AniListGrant { ViewerName = "sora" };
        var first = await stubbed.SignInAsync(person);
        var renamed = await stubbed.SignInAsync(new() { ViewerId = person.ViewerId, ViewerName = "sora2" });
        var successor = await stubbed.SignInAsync(new() { ViewerName = "sora" });

        Assert.Equal(Subject(first), Subject(renamed));
        Assert.NotEqual(Subject(first), Subject(successor));
        Assert.Equal((200, "sora2"), await stubbed.MeAsync(first.AccessToken));
        Assert.Equal((200, "sora"), await stubbed.MeAsync(successor.AccessToken));
        Assert.Equal(1, await stubbed.Service.Database.CountAsync("users WHERE name = 'sora'"));
        Assert.Equal(
            1,
            await stubbed.Service.Database.CountAsync($"users WHERE ani_list_id = {person.ViewerId} AND name = 'sora2'")
        );
    }

    [Fact]
    public async Task A_cookie_planted_before_the_sign_in_is_replaced_and_stays_its_owners()
    {
        var attacker = await stubbed.SignInAsync(new() { ViewerName = "mika" }, SignInFlow.Spa);
        var before = await stubbed.RowsAsync();
        var browser = await stubbed.StartAsync(SignInFlow.Spa);
        browser = browser with { Cookies = $"{browser.Cookies}; {attacker.Cookie}" };
        var code = await browser.CodeAsync(stubbed.AniList.Grant());

        using var client = stubbed.Service.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", attacker.Cookie);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = SignInFlow.Spa,
                ["code"] = code,
                ["code_verifier"] = browser.Flow.Verifier,
            }
        );
        var victim = await SignInFlow.TokensAsync(await client.PostAsync("/auth/token", form));

        Assert.NotEqual(attacker.Cookie, victim.Cookie);
        Assert.NotEqual(SessionOf(attacker), SessionOf(victim));
        Assert.Equal(before.Sessions + 1, (await stubbed.RowsAsync()).Sessions);
        Assert.Equal((200, "rin"), await stubbed.MeAsync(victim.AccessToken));
        var refreshed = await SignInFlow.TokensAsync(await browser.Flow.RefreshByCookieAsync(attacker.Cookie!));
        Assert.Equal((200, "mika"), await stubbed.MeAsync(refreshed.AccessToken));
    }

    private static string? Subject(SignedIn signedIn) => signedIn.Claims.GetProperty("sub").GetString();

    private static string? SessionOf(SignedIn signedIn) => signedIn.Claims.GetProperty("sid").GetString();
}
