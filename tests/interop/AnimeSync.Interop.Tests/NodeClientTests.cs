using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.Interop.Tests.Infrastructure;

namespace AnimeSync.Interop.Tests;

/// <summary>Clients from npm, unchanged.</summary>
public sealed class NodeClientTests(TestApp app) : IClassFixture<TestApp>, IClassFixture<NodeProject>
{
    private string Base => app.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Oauth4webapi_discovers_signs_in_refreshes_and_revokes()
    {
        var said = await NodeProject.RunScriptAsync(
            "oauth4webapi.mjs",
            Base,
            SignInFlow.RedirectUriOf(SignInFlow.Mobile),
            "rin"
        );

        Assert.Equal(Base, said.GetProperty("issuer").GetString());
        Assert.Equal("rin", said.GetProperty("name").GetString());
        Assert.Equal("rin", said.GetProperty("nameAfterRefresh").GetString());
        Assert.Equal("invalid_grant", said.GetProperty("afterRevocation").GetString());
    }

    [Fact]
    public async Task Ani_client_reads_anime_through_graphql()
    {
        var signedIn = await app.SignInAsync();

        var said = await NodeProject.RunScriptAsync("ani-client.mjs", $"{Base}/graphql", signedIn.AccessToken);

        Assert.Equal("Cowboy Bebop", said.GetProperty("title").GetString());
        Assert.Equal(26, said.GetProperty("episodes").GetInt32());
        Assert.Contains(1, said.GetProperty("found").EnumerateArray().Select(id => id.GetInt32()));
    }
}
