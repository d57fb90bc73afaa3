using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task Several_sandboxes_in_one_process_share_nothing()
    {
        await using var first = Program.Build(["--port", "0"]);
        await using var second = Program.Build(["--port", "0", "--limits", "on"]);
        await first.StartAsync();
        await second.StartAsync();
        using var http = new HttpClient();
        var token = await http.PostAsync($"{first.Urls.Single()}/_sandbox/users/rin/tokens", null);
        var accessToken = (await token.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("access_token")
            .GetString();

        http.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        using var own = await http.PostAsJsonAsync(first.Urls.Single(), new { query = "{ Viewer { id } }" });
        using var foreign = await http.PostAsJsonAsync(second.Urls.Single(), new { query = "{ Viewer { id } }" });
        var limits = await http.GetFromJsonAsync<JsonElement>($"{second.Urls.Single()}/_sandbox/limits");

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.True(limits.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task With_a_signing_key_tokens_outlive_a_restart()
    {
        string[] options = ["--port", "0", "--signing-key", "the same one"];
        using var http = new HttpClient();
        string? accessToken;
        await using (var before = Program.Build(options))
        {
            await before.StartAsync();
            var token = await http.PostAsync($"{before.Urls.Single()}/_sandbox/users/rin/tokens", null);
            accessToken = (await token.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("access_token")
                .GetString();
        }

        await using var after = Program.Build(options);
        await after.StartAsync();
        http.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        using var answer = await http.PostAsJsonAsync(after.Urls.Single(), new { query = "{ Viewer { id } }" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_public_address_is_used_in_what_the_sandbox_links_to()
    {
        await using var app = Program.Build(["--port", "0", "--url", "http://anilist.test:9100"]);
        await app.StartAsync();
        using var http = new HttpClient();

        using var answer = await http.PostAsJsonAsync(
            app.Urls.Single(),
            new { query = "{ Media(id: 1) { coverImage { large } } }" }
        );

        Assert.Contains("http://anilist.test:9100/covers/1.svg", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_browser_may_ask_first()
    {
        await using var app = Program.Build(["--port", "0"]);
        await app.StartAsync();
        using var http = new HttpClient();

        using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Options, app.Urls.Single()));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("--prot", "1")]
    [InlineData("--port")]
    public void An_option_it_does_not_have_stops_it(params string[] options)
    {
        Assert.Throws<OptionException>(() => Program.Build(options));
    }
}
