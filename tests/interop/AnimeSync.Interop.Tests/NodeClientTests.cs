using System.Net.Http.Json;
using System.Text.Json;
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

    [Fact]
    public async Task Ani_client_takes_the_sandbox_for_AniList()
    {
        await using var sandbox = AnimeSync.Sandbox.Program.Build(["--port", "0"]);
        await sandbox.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(sandbox.Urls.Single()) };
        using var issued = await http.PostAsync("/_sandbox/users/rin/tokens", null);
        var token = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;

        var said = await NodeProject.RunScriptAsync("sandbox.mjs", sandbox.Urls.Single(), token);

        var failures = said.EnumerateObject()
            .Where(call => $"{call.Value}".StartsWith("failed", StringComparison.Ordinal))
            .Select(call => $"{call.Name} {call.Value}");
        Assert.Equal([], failures);
        Assert.Equal("Cowboy Bebop", said.GetProperty("media").GetString());
        Assert.Equal(5114, said.GetProperty("everythingOfMedia").GetInt32());
        Assert.Equal(20464, said.GetProperty("mediaByMalId").GetInt32());
        Assert.Equal([1, 6, 19], said.GetProperty("mediaBatch").EnumerateArray().Select(id => id.GetInt32()));
        Assert.Equal(1, said.GetProperty("search").GetInt32());
        Assert.Equal(5, said.GetProperty("searchByGenres").GetInt32());
        Assert.Equal(5300101, said.GetProperty("user").GetInt32());
        Assert.Equal("rin", said.GetProperty("searchUsers").GetString());
        Assert.True(said.GetProperty("list").GetInt32() > 40);
        Assert.Equal("rin", said.GetProperty("viewer").GetString());
        Assert.Equal("404 Not Found.", said.GetProperty("missing").GetString());
        Assert.Equal("401 Unauthorized.", said.GetProperty("nobody").GetString());
    }
}
