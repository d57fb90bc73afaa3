using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.Interop.Tests.Infrastructure;
using Duende.IdentityModel.Jwk;
using Duende.IdentityModel.OidcClient;

namespace AnimeSync.Interop.Tests;

/// <summary>Duende.IdentityModel.OidcClient, as a .NET mobile app would use it: the endpoints are given by hand.</summary>
public sealed class OidcClientTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task OidcClient_signs_in_and_refreshes()
    {
        var client = new OidcClient(
            new OidcClientOptions
            {
                ClientId = SignInFlow.Mobile,
                RedirectUri = SignInFlow.RedirectUriOf(SignInFlow.Mobile),
                Scope = string.Empty,
                LoadProfile = false,
                Browser = new SandboxBrowser("mika"),
                ProviderInformation = new ProviderInformation
                {
                    IssuerName = app.Address.GetLeftPart(UriPartial.Authority),
                    AuthorizeEndpoint = new Uri(app.Address, "/auth/authorize").ToString(),
                    TokenEndpoint = new Uri(app.Address, "/auth/token").ToString(),
                    KeySet = new JsonWebKeySet(),
                },
            }
        );

        var login = await client.LoginAsync(new LoginRequest(), TestContext.Current.CancellationToken);
        Assert.False(login.IsError, login.Error + login.ErrorDescription);
        var refreshed = await client.RefreshTokenAsync(
            login.RefreshToken,
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.False(refreshed.IsError, refreshed.Error + refreshed.ErrorDescription);
        Assert.NotEqual(login.RefreshToken, refreshed.RefreshToken);
        using var signedIn = app.CreateClient(refreshed.AccessToken);
        Assert.Contains("\"mika\"", await signedIn.GetStringAsync("/api/v1/me", TestContext.Current.CancellationToken));
    }
}
