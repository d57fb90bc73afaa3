using System.Security.Cryptography;
using System.Text;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

public sealed class AccessTokenKeyTests(SharedService shared)
{
    [Fact]
    public async Task A_retired_key_signs_for_nobody()
    {
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using var rotated = await Replica.StartAsync(shared.Service, ("JWT_SECRET_KEY", next));
        var victim = await shared.Service.SignInAsync("mika");
        var old = new ForgedToken(await shared.AccessToken, shared.Service);
        var refreshed = await SignInFlow.TokensAsync(
            await new SignInFlow(rotated.Address).RefreshAsync(victim.RefreshToken!)
        );
        var current = new ForgedToken(refreshed.AccessToken, shared.Service);
        var victimsClaims = current.Payload;

        Assert.Equal(
            200,
            await StatusAsync(rotated, current.Signed(current.Header, victimsClaims, Encoding.UTF8.GetBytes(next)))
        );
        foreach (
            var forged in new[]
            {
                old.Genuine,
                old.Signed(old.Header, victimsClaims),
                // The new key's name over the old key's signature.
                old.Signed(current.Header, victimsClaims),
            }
        )
        {
            AccessTokenRefusal.AssertRefused(await AskAsync(rotated, forged), "token-invalid");
        }

        Assert.Equal(200, await StatusAsync(rotated, refreshed.AccessToken));
    }

    private static async Task<int> StatusAsync(Replica replica, string token) =>
        (await AskAsync(replica, token)).Status;

    private static async Task<RawAnswer> AskAsync(Replica replica, string token) =>
        (
            await Raw.SendAsync(
                replica.Public,
                $"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
            )
        ).Only;
}
