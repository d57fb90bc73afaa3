using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Sandbox.Tests.Control;

namespace AnimeSync.Sandbox.Tests.OAuth;

/// <summary>A sandbox that was started with two addresses for the client 11 and one for 12.</summary>
public sealed class ClientSandboxFixture()
    : SandboxFixture([
        "--client",
        "11=http://localhost:8000/auth/callback",
        "--client",
        "11=app://back?x=1",
        "--client",
        "12=http://localhost/only",
    ]);

public sealed class ClientTests(ClientSandboxFixture sandbox) : IClassFixture<ClientSandboxFixture>
{
    [Theory]
    [InlineData("11", "http://localhost:8000/auth/callback", "http://localhost:8000/auth/callback?code=")]
    [InlineData("11", "app://back?x=1", "app://back?x=1&code=")]
    [InlineData("12", null, "http://localhost/only?code=")]
    [InlineData("99", "http://anywhere.test/", "http://anywhere.test/?code=")]
    public async Task A_known_client_is_sent_to_its_address_and_any_other_wherever_it_wants(
        string client,
        string? redirectUri,
        string expected
    )
    {
        using var answer = await sandbox.Http.GetAsync(Authorize(client, redirectUri));

        Assert.StartsWith(expected, answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("http://localhost:8000/auth/callback/")]
    [InlineData("http://localhost:8000/auth/Callback")]
    [InlineData("http://localhost:8001/auth/callback")]
    [InlineData("http://localhost:8000/auth/callback?x=1")]
    [InlineData("http://localhost/only")]
    public async Task Another_address_of_a_known_client_is_refused_like_an_unknown_client(string redirectUri)
    {
        using var answer = await sandbox.Http.GetAsync(Authorize("11", redirectUri));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(
            """{"error":"invalid_client","message":"Client authentication failed"}""",
            await answer.Content.ReadAsStringAsync()
        );
    }

    [Fact]
    public async Task A_client_can_be_registered_while_it_runs()
    {
        using var answer = await PutAsync("13", """{"redirectUris":["http://localhost/new"]}""");
        using var right = await sandbox.Http.GetAsync(Authorize("13", "http://localhost/new"));
        using var wrong = await sandbox.Http.GetAsync(Authorize("13", "http://localhost/old"));
        var all = await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/clients");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Contains("13", all.EnumerateArray().Select(client => client.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("14", """{"redirectUris":[]}""")]
    [InlineData("14", """{"redirectUris":["/relative"]}""")]
    [InlineData("14", """{"redirectUris":null}""")]
    [InlineData("14", """{"redirectUris":[null]}""")]
    [InlineData("14", """{"redirectUris":["http://localhost/#a"]}""")]
    [InlineData("14", """{"redirectUris":["\ud800"]}""")]
    [InlineData("14", """{"redirectUri":"http://localhost/"}""")]
    [InlineData("unknown", """{"redirectUris":["http://localhost/"]}""")]
    public async Task A_client_that_nobody_could_use_is_refused(string id, string body)
    {
        using var answer = await PutAsync(id, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("11")]
    [InlineData("=http://localhost/")]
    [InlineData("11=/relative")]
    public void An_option_that_names_no_client_stops_the_start(string client)
    {
        Assert.Throws<OptionException>(() => Program.Build(["--client", client]));
    }

    [Fact]
    public async Task A_refused_implicit_grant_says_so_in_the_fragment()
    {
        using var answer = await sandbox.Http.GetAsync(
            "/api/v2/oauth/authorize?client_id=12&response_type=token&state=s&sandbox_deny=1"
        );

        Assert.Equal("http://localhost/only#error=access_denied&state=s", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_implicit_token_of_a_known_client_works()
    {
        using var answer = await sandbox.Http.GetAsync(
            "/api/v2/oauth/authorize?client_id=12&response_type=token&sandbox_user=solo"
        );
        var location = answer.Headers.Location!.OriginalString;
        var token = location.Split("#access_token=")[1].Split('&')[0];

        Assert.StartsWith("http://localhost/only#", location);
        Assert.Equal(
            "solo",
            (await sandbox.DataAsync("{ Viewer { name } }", token: token))
                .GetProperty("Viewer")
                .GetProperty("name")
                .GetString()
        );
    }

    private static string Authorize(string client, string? redirectUri) =>
        $"/api/v2/oauth/authorize?client_id={client}&response_type=code&sandbox_user=rin"
        + (redirectUri is null ? "" : $"&redirect_uri={Uri.EscapeDataString(redirectUri)}");

    private Task<HttpResponseMessage> PutAsync(string id, string body) =>
        sandbox.Http.PutAsync($"/_sandbox/clients/{id}", ControlCalls.Json(body));
}
